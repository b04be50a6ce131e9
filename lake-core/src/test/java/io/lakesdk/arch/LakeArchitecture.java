package io.lakesdk.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The house rules on classes. All of them hold for the modules of the library; programs that use it
 * (examples, benchmarks) may print, tell the time and keep state as they like.
 */
public final class LakeArchitecture {
  /** From the lowest to the highest; whatever else is in {@code io.lakesdk} is core, below them. */
  private static final List<String> LAYERS =
      List.of("security", "catalog", "query", "process", "ingest");

  public static final ArchRule AWS_SDK_STAYS_IN_AWS_PACKAGES =
      noClasses()
          .that(not(resideInAPackage("..aws..")).and(not(settingsOfAws())))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .as("only ..aws.. packages and the AWS settings of core use the AWS SDK")
          .because("everything else must run without AWS");

  public static final ArchRule AWS_AND_EMBEDDED_ARE_STRANGERS =
      CompositeArchRule.of(
              noClasses()
                  .that()
                  .resideInAPackage("..aws..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("io.lakesdk..embedded.."))
          .and(
              noClasses()
                  .that()
                  .resideInAPackage("..embedded..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage("io.lakesdk..aws.."))
          .as("..aws.. and ..embedded.. packages do not use each other")
          .because("what both need belongs to the layer that they implement");

  public static final ArchRule LAYERS_DEPEND_DOWNWARDS = layersDependDownwards();

  public static final ArchRule ONE_PUBLIC_TYPE_PER_IMPLEMENTATION =
      classes()
          .that()
          .resideInAnyPackage("..aws..", "..embedded..")
          .and()
          .areTopLevelClasses()
          .and()
          .arePublic()
          .should(new BeTheOnlyPublicTypeOfItsPackage())
          .as("a package of an implementation has one public type")
          .because("the IDE should offer only what may be used");

  public static final ArchRule NO_UTIL_PACKAGE =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..")
          .as("no package is named util")
          .because("a class is named after its job, and lives with those it works for");

  public static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes()
          .should(new BeInANullMarkedPackage())
          .as("every package has a package-info.java that says @NullMarked")
          .because("there is one null policy, and it is checked");

  public static final ArchRule TIME_COMES_FROM_THE_LAKE =
      noClasses()
          .that(
              not(
                  describe(
                      "SystemTime of core",
                      type -> outermost(type).equals("io.lakesdk.SystemTime"))))
          .should()
          .accessTargetWhere(systemTimeIsRead())
          .as("only SystemTime of core reads the system's time")
          .because("time comes from lake.clock(), so that tests can set it");

  public static final ArchRule NO_LOOKUP_BY_NAME =
      CompositeArchRule.of(
              noClasses().should().dependOnClassesThat().areAssignableTo(ServiceLoader.class))
          .and(
              noClasses()
                  .should()
                  .accessTargetWhere(
                      calls(Class.class, "forName").or(calls(ClassLoader.class, "loadClass"))))
          .as("nothing is looked up with ServiceLoader or by the name of a class")
          .because("what an application uses should be seen in its code");

  public static final ArchRule NO_PRINTING =
      noClasses()
          .should(ACCESS_STANDARD_STREAMS)
          .as("nothing is printed")
          .because("a library logs through SLF4J");

  public static final ArchRule NO_MUTABLE_STATICS =
      fields()
          .that()
          .areStatic()
          .and(not(HasModifiers.Predicates.modifier(JavaModifier.SYNTHETIC)))
          .should()
          .beFinal()
          .as("static fields are final")
          .because("state belongs to a lake, and two lakes share none");

  private static final List<ArchRule> FOR_PROGRAMS =
      List.of(
          AWS_SDK_STAYS_IN_AWS_PACKAGES,
          LAYERS_DEPEND_DOWNWARDS,
          NO_UTIL_PACKAGE,
          PACKAGES_ARE_NULL_MARKED,
          NO_LOOKUP_BY_NAME);

  private static final List<ArchRule> FOR_THE_LIBRARY =
      List.of(
          AWS_SDK_STAYS_IN_AWS_PACKAGES,
          AWS_AND_EMBEDDED_ARE_STRANGERS,
          LAYERS_DEPEND_DOWNWARDS,
          ONE_PUBLIC_TYPE_PER_IMPLEMENTATION,
          NO_UTIL_PACKAGE,
          PACKAGES_ARE_NULL_MARKED,
          TIME_COMES_FROM_THE_LAKE,
          NO_LOOKUP_BY_NAME,
          NO_PRINTING,
          NO_MUTABLE_STATICS);

  private LakeArchitecture() {}

  /** All rules, on the main code of the library module that the test belongs to. */
  public static Stream<DynamicTest> ofLibrary(Class<?> testOfTheModule) {
    return ofModule(testOfTheModule, FOR_THE_LIBRARY);
  }

  /** The rules for programs that use the library, on the main code of the test's module. */
  public static Stream<DynamicTest> ofProgram(Class<?> testOfTheModule) {
    return ofModule(testOfTheModule, FOR_PROGRAMS);
  }

  /** All rules on all modules of the library at once, as far as they are on the class path. */
  public static Stream<DynamicTest> ofWholeLibrary() {
    return tests(FOR_THE_LIBRARY, MainCode.ofLibraryOnClassPath());
  }

  private static Stream<DynamicTest> ofModule(Class<?> testOfTheModule, List<ArchRule> rules) {
    Path sources = MainCode.sourcesOf(testOfTheModule);
    return Stream.concat(
        tests(rules, MainCode.of(testOfTheModule)),
        Stream.of(
            DynamicTest.dynamicTest(
                "no source file is longer than " + SourceTree.MAX_LINES + " lines",
                () -> SourceTree.at(sources).checkLengthOfFiles()),
            DynamicTest.dynamicTest(
                "no package holds more than " + SourceTree.MAX_FILES + " files",
                () -> SourceTree.at(sources).checkSizeOfPackages())));
  }

  private static Stream<DynamicTest> tests(List<ArchRule> rules, JavaClasses classes) {
    // A young module has nothing yet that a rule could check.
    return rules.stream()
        .map(rule -> rule.allowEmptyShould(true))
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  private static ArchRule layersDependDownwards() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(noDependency(core(), layers(LAYERS)));
    for (int i = 0; i < LAYERS.size(); i++) {
      List<String> above = new ArrayList<>(LAYERS.subList(i + 1, LAYERS.size()));
      if (i > 0) {
        above.add("security");
      }
      rules.add(noDependency(layers(List.of(LAYERS.get(i))), layers(above)));
    }
    return CompositeArchRule.of(rules)
        .as("no layer depends on one above it, nor any on security")
        .because("the layers reach security through AccessPolicy and LakeListener of core");
  }

  private static ArchRule noDependency(
      DescribedPredicate<JavaClass> from, DescribedPredicate<JavaClass> to) {
    return noClasses().that(from).should().dependOnClassesThat(to);
  }

  private static DescribedPredicate<JavaClass> core() {
    List<String> others =
        Stream.concat(LAYERS.stream(), Stream.of("examples", "benchmarks")).toList();
    return resideInAPackage("io.lakesdk..").and(not(layers(others))).as("are in core");
  }

  private static DescribedPredicate<JavaClass> layers(List<String> names) {
    String[] packages =
        names.stream().map(name -> "io.lakesdk." + name + "..").toArray(String[]::new);
    return resideInAnyPackage(packages).as("are in " + String.join(", ", names));
  }

  private static DescribedPredicate<JavaClass> settingsOfAws() {
    return describe(
        "the AWS settings of core", type -> outermost(type).startsWith("io.lakesdk.Aws"));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(LakeArchitecture::outermost).orElse(type.getName());
  }

  private static DescribedPredicate<JavaAccess<?>> systemTimeIsRead() {
    Set<String> ofSystem = Set.of("currentTimeMillis", "nanoTime");
    return describe(
        "the system's time is read",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          return switch (owner) {
            case "java.lang.System" -> ofSystem.contains(name);
            case "java.time.Clock", "java.time.InstantSource" ->
                name.startsWith("system") || (name.startsWith("tick") && !takesClock(access));
            case "java.util.Date" -> name.equals("<init>") && takesNothing(access);
            case "java.util.Calendar" -> name.equals("getInstance");
            default -> owner.startsWith("java.time.") && name.equals("now") && !takesClock(access);
          };
        });
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(Clock.class));
  }

  private static boolean takesNothing(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget target
        && target.getRawParameterTypes().isEmpty();
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
    return describe(
        owner.getSimpleName() + "." + method + " is called",
        access ->
            access.getTargetOwner().isAssignableTo(owner)
                && access.getTarget().getName().equals(method));
  }
}
