package io.lakesdk.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** Names all public types of a package that has more than one. */
final class BeTheOnlyPublicTypeOfItsPackage extends ArchCondition<JavaClass> {
  BeTheOnlyPublicTypeOfItsPackage() {
    super("be the only public type of its package");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    List<String> publicTypes =
        type.getPackage().getClasses().stream()
            .filter(other -> other.isTopLevelClass() && !other.isArray())
            .filter(other -> other.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .sorted()
            .toList();
    events.add(
        new SimpleConditionEvent(
            type,
            publicTypes.size() == 1,
            "package " + type.getPackageName() + " has the public types " + publicTypes));
  }
}
