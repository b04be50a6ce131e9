package io.lakesdk.event;

/**
 * Is told what happens in a lake, on the thread where it happens and after it happened. A listener
 * is quick and thread-safe; what it throws is logged and otherwise ignored.
 */
@FunctionalInterface
public interface LakeListener {

  void on(LakeEvent event);
}
