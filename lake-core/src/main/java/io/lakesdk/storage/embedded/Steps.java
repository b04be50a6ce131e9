package io.lakesdk.storage.embedded;

/** Is told of every change to the disk before it is made; a test may end the "process" there. */
@FunctionalInterface
interface Steps {

  Steps UNWATCHED = step -> {};

  /**
   * @param step what is about to be done
   */
  void before(String step);
}
