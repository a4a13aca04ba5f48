package dev.nftrefresh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.nftrefresh";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void dependenciesRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("doors")
                .definedBy(ROOT)
                .layer("pass")
                .definedBy(ROOT + ".pass")
                .layer("bulk")
                .definedBy(ROOT + ".bulk")
                .layer("queue")
                .definedBy(ROOT + ".queue")
                .layer("pacing")
                .definedBy(ROOT + ".pacing")
                .layer("ledger")
                .definedBy(ROOT + ".ledger")
                .layer("batch")
                .definedBy(ROOT + ".batch")
                .layer("api")
                .definedBy(ROOT + ".api")
                .layer("file")
                .definedBy(ROOT + ".file")
                .layer("update")
                .definedBy(ROOT + ".update")
                .layer("telemetry")
                .definedBy(ROOT + ".telemetry")
                .layer("room")
                .definedBy(ROOT + ".room")
                .layer("settled")
                .definedBy(ROOT + ".settled")
                .layer("table")
                .definedBy(ROOT + ".table")
                .whereLayer("doors")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("pass")
                .mayOnlyBeAccessedByLayers("doors")
                .whereLayer("bulk")
                .mayOnlyBeAccessedByLayers("doors")
                .whereLayer("queue")
                .mayOnlyBeAccessedByLayers("doors", "pass", "bulk")
                .whereLayer("pacing")
                .mayOnlyBeAccessedByLayers("doors", "pass")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("doors", "pass")
                .whereLayer("room")
                .mayOnlyBeAccessedByLayers("doors", "pass")
                .whereLayer("settled")
                .mayOnlyBeAccessedByLayers("doors", "pass", "queue", "bulk")
                .whereLayer("settled")
                .mayOnlyAccessLayers("table")
                .whereLayer("table")
                .mayOnlyBeAccessedByLayers("doors", "pacing", "ledger", "room", "settled", "bulk")
                .whereLayer("batch")
                .mayOnlyBeAccessedByLayers("pass", "queue", "room", "bulk")
                .whereLayer("file")
                .mayOnlyBeAccessedByLayers("doors", "bulk")
                .whereLayer("file")
                .mayOnlyAccessLayers("update")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("doors", "pass", "pacing", "queue", "batch", "bulk")
                .check(CLASSES);
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheDoorsAndWhatSaysSoInItsNameKnowAws() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .and()
                .haveSimpleNameNotStartingWith("Sqs")
                .and()
                .haveSimpleNameNotStartingWith("SecretsManager")
                .and()
                .haveSimpleNameNotStartingWith("DynamoDb")
                .and()
                .haveSimpleNameNotStartingWith("S3")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "com.amazonaws..")
                .check(CLASSES);
    }

    /** The refresh function's zip has no library that only the loader of bulk files needs: see pom.xml. */
    @Test
    void onlyTheLoaderNeedsS3AndJacksonsTrees() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".bulk", ROOT + ".file")
                .and()
                .haveSimpleNameNotStartingWith("Bulk")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".bulk",
                        ROOT + ".file",
                        "software.amazon.awssdk.services.s3..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.dataformat..",
                        "com.fasterxml.jackson.annotation..")
                .check(CLASSES);
    }

    @Test
    void nobodyReadsTheClockChanceOrTheEnvironmentByItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|UUID|concurrent\\.ThreadLocalRandom)|java\\.security\\.SecureRandom")
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .check(CLASSES);
    }
}
