package dev.rooster.cli;

import java.util.concurrent.Callable;

/**
 * What every command of ours is: its options are declared by the subclass, its work is {@link #run}.
 *
 * <p>An instance serves one invocation.
 */
abstract class RoosterCommand implements Callable<Integer> {
    private Session session;

    final void attach(Session session) {
        this.session = session;
    }

    @Override
    public final Integer call() throws Exception {
        return run(session);
    }

    /**
     * Does the work.
     *
     * @return one of {@link Exit}
     * @throws UserProblem for anything the person must know and mend
     */
    protected abstract int run(Session session) throws Exception;

    /**
     * The exit code when the command could not be carried out, anywhere: overridden by commands whose caller must know only
     * whether to try again.
     *
     * @param exit what it would be
     */
    int exitInTrouble(int exit) {
        return exit;
    }
}
