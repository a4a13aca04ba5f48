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
                .layer("handlers")
                .definedBy(ROOT)
                .layer("dispatch")
                .definedBy(ROOT + ".dispatch")
                .layer("bulkload")
                .definedBy(ROOT + ".bulkload")
                .layer("queue")
                .definedBy(ROOT + ".queue")
                .layer("ratelimit")
                .definedBy(ROOT + ".ratelimit")
                .layer("ledger")
                .definedBy(ROOT + ".ledger")
                .layer("batch")
                .definedBy(ROOT + ".batch")
                .layer("api")
                .definedBy(ROOT + ".api")
                .layer("bulkfile")
                .definedBy(ROOT + ".bulkfile")
                .layer("update")
                .definedBy(ROOT + ".update")
                .layer("telemetry")
                .definedBy(ROOT + ".telemetry")
                .layer("waiting")
                .definedBy(ROOT + ".waiting")
                .layer("settled")
                .definedBy(ROOT + ".settled")
                .layer("table")
                .definedBy(ROOT + ".table")
                .whereLayer("handlers")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("dispatch")
                .mayOnlyBeAccessedByLayers("handlers")
                .whereLayer("bulkload")
                .mayOnlyBeAccessedByLayers("handlers")
                .whereLayer("queue")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch", "bulkload")
                .whereLayer("ratelimit")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch")
                .whereLayer("waiting")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch")
                .whereLayer("settled")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch", "queue", "bulkload")
                .whereLayer("settled")
                .mayOnlyAccessLayers("table")
                .whereLayer("table")
                .mayOnlyBeAccessedByLayers("handlers", "ratelimit", "ledger", "waiting", "settled", "bulkload")
                .whereLayer("batch")
                .mayOnlyBeAccessedByLayers("dispatch", "queue", "waiting", "bulkload")
                .whereLayer("bulkfile")
                .mayOnlyBeAccessedByLayers("handlers", "bulkload")
                .whereLayer("bulkfile")
                .mayOnlyAccessLayers("update")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("handlers", "dispatch", "ratelimit", "queue", "batch", "bulkload")
                .check(CLASSES);
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheHandlersAndClassesWithAwsNamesUseAws() {
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
                .resideOutsideOfPackages(ROOT + ".bulkload", ROOT + ".bulkfile")
                .and()
                .haveSimpleNameNotStartingWith("Bulk")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".bulkload",
                        ROOT + ".bulkfile",
                        "software.amazon.awssdk.services.s3..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.dataformat..",
                        "com.fasterxml.jackson.annotation..")
                .check(CLASSES);
    }

    @Test
    void noClassReadsTheClockRandomnessOrTheEnvironmentDirectly() {
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
