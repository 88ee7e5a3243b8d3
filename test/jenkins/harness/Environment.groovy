/**
 * Jenkins' env: what the server gives a build, what the file assigns to it, and what surrounds a step (agent,
 * environment { }, withEnv), the nearest last. A name that nothing sets is null.
 */
class Environment {
  private final Map<String, String> given
  private final Map<String, String> assigned = [:]
  private final List<Map<String, String>> scopes = []

  Environment(Map<String, String> given) {
    this.given = given
  }

  Map<String, String> merged() {
    ([given, assigned] + scopes).inject([:]) { all, next -> all + next } as Map<String, String>
  }

  def within(Map<String, String> scope, Closure body) {
    scopes << scope
    try {
      body()
    } finally {
      scopes.remove(scopes.size() - 1)
    }
  }

  def propertyMissing(String name) {
    merged()[name]
  }

  void propertyMissing(String name, Object value) {
    assigned[name] = value as String
  }

  String getAt(String name) {
    merged()[name]
  }
}

/** What environment { } assigns, evaluated in order. */
class Assignments {
  final Map<String, String> values = [:]

  static Map<String, String> of(Closure block) {
    Assignments assignments = new Assignments()
    Blocks.call(block, assignments)
    assignments.values
  }

  void propertyMissing(String name, Object value) {
    values[name] = value as String
  }

  def propertyMissing(String name) {
    if (!values.containsKey(name)) throw new MissingPropertyException(name, Assignments)
    values[name]
  }
}

/** What a build knows of itself; its result only gets worse. */
class CurrentBuild {
  final int number
  final String fullDisplayName
  final Map previousBuild
  private String worst = 'SUCCESS'

  CurrentBuild(int number, String jobName, String previousResult) {
    this.number = number
    this.fullDisplayName = "$jobName #$number"
    this.previousBuild = previousResult ? [result: previousResult] : null
  }

  String getCurrentResult() {
    worst
  }

  String getResult() {
    worst == 'SUCCESS' ? null : worst
  }

  void setResult(String result) {
    worst = Results.worse(worst, result)
  }
}
