package dev.rooster.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/** Rings point inward, packages form no cycle, and each library stays behind its fence. */
@AnalyzeClasses(packages = "dev.rooster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] RING_1 = {
        "dev.rooster.newsletter..",
        "dev.rooster.subscriber..",
        "dev.rooster.suppression..",
        "dev.rooster.issue..",
        "dev.rooster.media..",
        "dev.rooster.template..",
        "dev.rooster.delivery..",
        "dev.rooster.bounce..",
        "dev.rooster.notice..",
        "dev.rooster.review..",
        "dev.rooster.report.."
    };
    private static final String[] RING_2 = {
        "dev.rooster.smtp..",
        "dev.rooster.inbox..",
        "dev.rooster.oauth..",
        "dev.rooster.dns..",
        "dev.rooster.outbound..",
        "dev.rooster.schedule..",
        "dev.rooster.web..",
        "dev.rooster.sandbox..",
        "dev.rooster.config.."
    };

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.rooster.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ringZeroKnowsNoFeature = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.rooster.language..", "dev.rooster.mail..", "dev.rooster.token..", "dev.rooster.db..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(RING_1)
                    .or(resideInAnyPackage(RING_2))
                    .or(resideInAPackage("dev.rooster.cli..")));

    @ArchTest
    static final ArchRule ringOneKnowsNoOuterRing = noClasses()
            .that()
            .resideInAnyPackage(RING_1)
            .should()
            .dependOnClassesThat(resideInAnyPackage(RING_2).or(resideInAPackage("dev.rooster.cli..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodyImportsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rooster.cli..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.rooster.cli.."));

    @ArchTest
    static final ArchRule nobodyImportsReport = noClasses()
            .that()
            .resideInAnyPackage(RING_1)
            .and()
            .resideOutsideOfPackage("dev.rooster.report..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.rooster.report.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule quartzIsFenced = fence("org.quartz..", "dev.rooster.schedule..");

    @ArchTest
    static final ArchRule mustacheIsFenced = fence("com.github.mustachejava..", "dev.rooster.template..");

    @ArchTest
    static final ArchRule commonmarkIsFenced = fence("org.commonmark..", "dev.rooster.issue..");

    @ArchTest
    static final ArchRule poolAndMigrationsAreFenced =
            fence("com.zaxxer.hikari..", "dev.rooster.db..").because("features see the Database");

    @ArchTest
    static final ArchRule dnsIsFenced = fence("org.xbill.DNS..", "dev.rooster.dns..");

    @ArchTest
    static final ArchRule flywayIsFenced = fence("org.flywaydb..", "dev.rooster.db..");

    @ArchTest
    static final ArchRule picocliIsFenced = fence("picocli..", "dev.rooster.cli..");

    @ArchTest
    static final ArchRule webServerIsFenced = fence("io.javalin..", "dev.rooster.web..", "dev.rooster.sandbox..");

    @ArchTest
    static final ArchRule greenMailIsFenced = fence("com.icegreen..", "dev.rooster.sandbox..");

    @ArchTest
    static final ArchRule smtpLibraryIsFenced =
            fence("org.eclipse.angus.mail.smtp..", "dev.rooster.smtp..").because("Transport is spoken in one place");

    @ArchTest
    static final ArchRule receiverIsFenced = fence("org.subethamail..", "dev.rooster.inbox..");

    @ArchTest
    static final ArchRule sqlIsInJdbiClasses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rooster.db..")
            .and()
            .haveSimpleNameNotStartingWith("Jdbi")
            .and()
            .haveNameNotMatching(".*\\.Jdbi\\w+\\$.*")
            .should()
            .dependOnClassesThat(resideInAPackage("org.jdbi.v3.core.statement.."))
            .allowEmptyShould(true)
            .because("SQL lives in one Jdbi class per table; others may pass a Handle through");

    @ArchTest
    static final ArchRule timeIsPassedIn = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rooster.cli..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("an InstantSource is injected; System.nanoTime measures durations");

    @ArchTest
    static final ArchRule nothingPrintsPastTheConsole = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rooster.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule noDrawerPackages = classes()
            .should()
            .resideOutsideOfPackages("..util..", "..common..", "..helper..", "..manager..", "..misc..");

    private static com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction fence(
            String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat(resideInAPackage(library));
    }
}
