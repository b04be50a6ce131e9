package io.lakesdk.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Names the package that lacks a {@code package-info.java} with {@code @NullMarked}. */
final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {
  BeInANullMarkedPackage() {
    super("be in a package whose package-info.java says @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean marked =
        type.getPackage()
            .tryGetPackageInfo()
            .map(info -> info.isAnnotatedWith(NullMarked.class))
            .orElse(false);
    events.add(
        new SimpleConditionEvent(
            type,
            marked,
            "package "
                + type.getPackageName()
                + " (of "
                + type.getSimpleName()
                + ") is not marked"));
  }
}
