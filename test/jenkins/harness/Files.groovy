/** Files of a workspace, or of an archive: path to text. */
class Files {
  final Map<String, String> texts = [:]

  Map<String, String> matching(String patterns) {
    texts.findAll { path, text -> patterns.split(',').any { matches(path, it.trim()) } }
  }

  String read(String path) {
    if (!texts.containsKey(path)) throw new StepFailed("$path does not exist")
    texts[path]
  }

  void remove(String folder) {
    texts.keySet().removeAll { it == folder || it.startsWith("$folder/".toString()) }
  }

  /** An Ant pattern: a star stops at a slash, two do not. */
  static boolean matches(String path, String pattern) {
    path ==~ pattern.replaceAll(/[.+^$(){}|\[\]]/, /\\$0/)
      .replace('**/', '\u0001').replace('**', '\u0002').replace('*', '[^/]*').replace('?', '[^/]')
      .replace('\u0001', '(?:.*/)?').replace('\u0002', '.*')
  }
}

/** An agent's workspace; each allocation is a new one with nothing in it, or with what another build left there. */
class Workspace extends Files {
  final String label
  final int number

  Workspace(String label, int number) {
    this.label = label
    this.number = number
  }

  String toString() {
    "$label/$number"
  }
}
