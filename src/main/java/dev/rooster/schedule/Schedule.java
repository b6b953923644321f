package dev.rooster.schedule;

import dev.rooster.db.Database;
import dev.rooster.db.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the registered {@link Wake}s: those for one node through Quartz and its tables, those for every node by a thread of
 * their own. Created, started once, closed once; thread-safe.
 *
 * <p>The triggers are rebuilt from the wakes at each start, so that the settings decide and not what an older start left in
 * the tables. A wake that fails is logged and counted; its next one is the recovery, for the work reads what is due from the
 * database.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final long SHUTDOWN_MILLIS_MAX = 1_000;
    private static final String GROUP = "rooster";

    private final Map<String, Wake> wakes;
    private final WakeRuns runs;
    private final InstantSource clock;
    private final ScheduleSettings settings;
    private final Scheduler quartz;
    private final ScheduledExecutorService local;

    private Schedule(
            Map<String, Wake> wakes, WakeRuns runs, InstantSource clock, ScheduleSettings settings, Scheduler quartz) {
        this.wakes = wakes;
        this.runs = runs;
        this.clock = clock;
        this.settings = settings;
        this.quartz = quartz;
        AtomicInteger count = new AtomicInteger();
        this.local = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "rooster-wake-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A schedule that is not started yet.
     *
     * @throws IllegalArgumentException when two wakes have one name
     */
    public static Schedule over(Database database, ScheduleSettings settings, List<Wake> wakes, InstantSource clock) {
        Map<String, Wake> byName =
                wakes.stream().collect(Collectors.toUnmodifiableMap(Wake::name, Function.identity()));
        WakeRuns runs = new WakeRuns(clock);
        try {
            Scheduler quartz = quartz(database, settings);
            quartz.setJobFactory((bundle, scheduler) ->
                    new RunDueJob(byName.get(bundle.getJobDetail().getKey().getName()), runs));
            return new Schedule(byName, runs, clock, settings, quartz);
        } catch (SchedulerException e) {
            throw new IllegalStateException("The scheduler can't be set up; nothing is scheduled", e);
        }
    }

    /** Rebuilds the triggers and begins to wake; everything is looked at once immediately. */
    public void start() {
        try {
            rebuildTriggers();
            quartz.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("The scheduler can't start; nothing is scheduled", e);
        }
        for (Wake wake : wakes.values()) {
            if (wake.scope() == Wake.Scope.NODE) {
                long first = Duration.between(clock.instant(), wake.nextAfter(clock.instant()))
                        .toMillis();
                local.scheduleAtFixedRate(
                        () -> runs.run(wake), first, wake.every().toMillis(), TimeUnit.MILLISECONDS);
            }
            nudge(wake.name());
        }
    }

    private void rebuildTriggers() throws SchedulerException {
        for (JobKey stored : quartz.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
            Wake wake = wakes.get(stored.getName());
            if (wake == null || wake.scope() != Wake.Scope.CLUSTER) {
                quartz.deleteJob(stored);
            }
        }
        for (Wake wake : wakes.values()) {
            if (wake.scope() == Wake.Scope.CLUSTER) {
                quartz.scheduleJob(jobOf(wake), java.util.Set.of(triggerOf(wake)), true);
            }
        }
    }

    private static JobDetail jobOf(Wake wake) {
        return JobBuilder.newJob(RunDueJob.class)
                .withIdentity(wake.name(), GROUP)
                .storeDurably()
                .build();
    }

    private Trigger triggerOf(Wake wake) {
        // A missed wake is not made up for: the next one sees everything that is due.
        return TriggerBuilder.newTrigger()
                .withIdentity(wake.name(), GROUP)
                .startAt(Date.from(wake.nextAfter(clock.instant())))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(wake.every().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }

    /**
     * Wakes one thing now, besides its rhythm; returns at once. For what a person waits for (a confirmation mail). If it is
     * being looked at already, it will be once more.
     */
    public void nudge(String name) {
        Wake wake = wakes.get(name);
        if (wake == null) {
            throw new IllegalArgumentException("no wake is named " + name + "; there are " + wakes.keySet());
        }
        if (local.isShutdown()) {
            return;
        }
        if (wake.scope() == Wake.Scope.NODE) {
            local.execute(() -> runs.run(wake));
            return;
        }
        try {
            // Two names: while the trigger of one is at work, the other can wait; more would do nothing more.
            if (!tryOnce(name, " now")) {
                tryOnce(name, " again");
            }
        } catch (SchedulerException e) {
            LOG.warn("{} can't be woken now; its next regular wake does it", name, e);
        }
    }

    private boolean tryOnce(String name, String suffix) throws SchedulerException {
        try {
            quartz.scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity(new TriggerKey(name + suffix, GROUP))
                    .forJob(name, GROUP)
                    .startNow()
                    .build());
            return true;
        } catch (ObjectAlreadyExistsException e) {
            return false;
        }
    }

    /** When each wake last ran and how it went, for metrics and readiness. */
    public WakeRuns runs() {
        return runs;
    }

    /** Stops waking and waits, for a bounded time, for the work under way. */
    @Override
    public void close() {
        local.shutdown();
        try {
            quartz.standby();
            // Waiting for Quartz's own threads keeps them from the pool that is closed after us; a wake that hangs is
            // not waited for.
            boolean idle = runs.awaitIdle(settings.stopWait());
            shutDown(idle);
            if (!local.awaitTermination(settings.stopWait().toMillis(), TimeUnit.MILLISECONDS)) {
                local.shutdownNow();
            }
        } catch (SchedulerException e) {
            LOG.warn("The scheduler did not stop cleanly; its leases in the database run out by themselves", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Quartz waits without a limit for its thread, which may wait for a database that is gone. */
    private void shutDown(boolean idle) throws InterruptedException {
        Thread shutting = new Thread(
                () -> {
                    try {
                        quartz.shutdown(idle);
                    } catch (SchedulerException e) {
                        LOG.warn(
                                "The scheduler did not stop cleanly; its leases in the database run out by themselves",
                                e);
                    }
                },
                "rooster-schedule-stop");
        shutting.setDaemon(true);
        shutting.start();
        shutting.join(SHUTDOWN_MILLIS_MAX);
    }

    private static Scheduler quartz(Database database, ScheduleSettings settings) throws SchedulerException {
        boolean clustered = database.dialect() == Dialect.POSTGRESQL;
        String source = "rooster-" + System.identityHashCode(database);
        DBConnectionManager.getInstance().addConnectionProvider(source, new PoolConnections(database.dataSource()));
        Properties p = new Properties();
        p.setProperty("org.quartz.scheduler.instanceName", "rooster");
        p.setProperty("org.quartz.scheduler.instanceId", clustered ? "AUTO" : "rooster");
        p.setProperty("org.quartz.scheduler.threadName", "rooster-schedule");
        p.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        p.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        p.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        p.setProperty("org.quartz.threadPool.threadCount", Integer.toString(settings.threads()));
        p.setProperty("org.quartz.threadPool.threadNamePrefix", "rooster-schedule");
        p.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        p.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        p.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                clustered
                        ? "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"
                        : "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
        p.setProperty("org.quartz.jobStore.dataSource", source);
        p.setProperty("org.quartz.jobStore.tablePrefix", "QRTZ_");
        p.setProperty("org.quartz.jobStore.useProperties", "true");
        p.setProperty("org.quartz.jobStore.isClustered", Boolean.toString(clustered));
        p.setProperty("org.quartz.jobStore.clusterCheckinInterval", "10000");
        p.setProperty("org.quartz.jobStore.misfireThreshold", "30000");
        return new StdSchedulerFactory(p).getScheduler();
    }

    /** Quartz made to use our pool. Static access to it by name is Quartz's own way. */
    private record PoolConnections(DataSource pool) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void initialize() {
            // The pool is open already.
        }

        @Override
        public void shutdown() {
            // The pool belongs to the database and outlives the scheduler.
        }
    }

    /** What Quartz runs. Two nodes never do the same wake at once; if they did, the work's own guards would hold. */
    @DisallowConcurrentExecution
    static final class RunDueJob implements Job {
        private final Wake wake;
        private final WakeRuns runs;

        RunDueJob(Wake wake, WakeRuns runs) {
            this.wake = wake;
            this.runs = runs;
        }

        @Override
        public void execute(JobExecutionContext context) {
            if (wake == null) {
                // Another version's node stored it; that node does it.
                LOG.debug(
                        "{} is not a wake of this node", context.getJobDetail().getKey());
                return;
            }
            runs.run(wake);
        }
    }

    /**
     * Why the schedule of the whole installation can't be trusted: a wake of one node is long overdue on all of them, or failed
     * here a moment ago. Asks the database.
     *
     * @param overdueAfter how late a wake may be
     * @return empty when it is alive
     */
    public Optional<String> trouble(String name, Duration overdueAfter) {
        WakeRuns.Run last = runs.last().get(name);
        boolean fresh = last != null && last.at().plus(overdueAfter).isAfter(clock.instant());
        if (fresh && last.failed()) {
            return Optional.of(name + " failed");
        }
        try {
            Instant next = nextOf(name);
            boolean alive = next != null && !next.plus(overdueAfter).isBefore(clock.instant());
            return alive ? Optional.empty() : Optional.of(name + " is overdue since " + next);
        } catch (SchedulerException e) {
            return Optional.of("the scheduler's tables can't be read: " + e);
        }
    }

    /** The names of all wakes, for {@code doctor} and tests. */
    public List<String> names() {
        return new ArrayList<>(wakes.keySet()).stream().sorted().toList();
    }

    Instant nextOf(String name) throws SchedulerException {
        Trigger trigger = quartz.getTrigger(new TriggerKey(name, GROUP));
        return trigger == null ? null : trigger.getNextFireTime().toInstant();
    }
}
