package io.lakesdk.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakesdk.error.InvalidDefinitionException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of users whose application is a named module. */
class ModuleAccessTest {

  @TempDir Path folder;

  @Test
  void publicRecordsOfExportedPackagesAreUsable() throws Exception {
    Class<?> type = compile("exports app;", "public record Row(int x) {}");
    assertThat(roundTrip(type)).hasToString("Row[x=1]");
  }

  @Test
  void hiddenRecordsOfOpenPackagesAreUsable() throws Exception {
    Class<?> type = compile("opens app;", "record Row(int x) {}");
    assertThat(roundTrip(type)).hasToString("Row[x=1]");
  }

  @Test
  void closedModulesAreToldWhatToOpen() throws Exception {
    Class<?> closed = compile("", "public record Row(int x) {}");
    assertThatThrownBy(() -> roundTrip(closed))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith(
            "Cannot map type app.Row: module app keeps record Row closed; add `opens app")
        .hasMessageEndingWith(";` to its module-info.java");
  }

  @Test
  void hiddenRecordsOfExportedPackagesMustBeOpened() throws Exception {
    Class<?> hidden = compile("exports app;", "record Row(int x) {}");
    assertThatThrownBy(() -> roundTrip(hidden))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("add `opens app");
  }

  private static Object roundTrip(Class<?> type) {
    return RecordMapper.of(type.asSubclass(Record.class))
        .reader(List.of("x"))
        .read(new Object[] {1});
  }

  private Class<?> compile(String directives, String row) throws Exception {
    Path module =
        Files.writeString(folder.resolve("module-info.java"), "module app { " + directives + " }");
    Path source = Files.writeString(folder.resolve("Row.java"), "package app; " + row);
    Path out = folder.resolve("out");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", out.toString(), module.toString(), source.toString());
    assertThat(result).isZero();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("app"));
    return boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
        .findLoader("app")
        .loadClass("app.Row");
  }
}
