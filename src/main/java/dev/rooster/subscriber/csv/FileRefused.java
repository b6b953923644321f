package dev.rooster.subscriber.csv;

/** Thrown when a file as a whole can't be imported. */
public final class FileRefused extends Exception {
    private final transient FileProblem problem;

    FileRefused(FileProblem problem) {
        super(problem.kind() + " at line " + problem.line());
        this.problem = problem;
    }

    public FileProblem problem() {
        return problem;
    }
}
