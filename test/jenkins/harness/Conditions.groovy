/** when { }: true when every condition in it is. https://www.jenkins.io/doc/book/pipeline/syntax/#when */
class Conditions {
  private final Environment env
  final List<Boolean> results = []

  Conditions(Environment env) {
    this.env = env
  }

  static Conditions of(Closure block, Environment env) {
    Conditions conditions = new Conditions(env)
    Blocks.call(block, conditions)
    if (!conditions.results) throw new NotAPipeline('when { } has no condition')
    conditions
  }

  /** The flags alone: no condition may be evaluated before its time. */
  static Set<String> flagsOf(Closure block) {
    Flags flags = new Flags()
    Blocks.call(block, flags)
    flags.found
  }

  boolean hold() {
    results.every()
  }

  void beforeAgent(boolean on) {}

  void beforeInput(boolean on) {}

  void beforeOptions(boolean on) {}

  void expression(Closure block) {
    results << (block.call() as boolean)
  }

  void branch(String pattern) {
    branch(pattern: pattern)
  }

  void branch(Map arguments) {
    results << matches(env.BRANCH_NAME as String, arguments.pattern as String, arguments.comparator ?: 'GLOB')
  }

  void changeRequest() {
    results << (env.CHANGE_ID != null)
  }

  void changeRequest(Map filters) {
    String comparator = filters.comparator ?: 'EQUALS'
    Map wanted = filters.findAll { it.key != 'comparator' }
    results << (env.CHANGE_ID != null && wanted.every { name, value ->
      matches(env["CHANGE_${name.toUpperCase()}"], value as String, comparator)
    })
  }

  void environment(Map arguments) {
    results << (env[arguments.name as String] == arguments.value)
  }

  void not(Closure block) {
    results << !of(block, env).hold()
  }

  void allOf(Closure block) {
    results << of(block, env).hold()
  }

  void anyOf(Closure block) {
    results << of(block, env).results.any()
  }

  def methodMissing(String name, Object arguments) {
    throw new NotAPipeline("when { } has no condition $name")
  }

  private static boolean matches(String value, String pattern, String comparator) {
    if (value == null) return false
    switch (comparator) {
      case 'EQUALS': return value == pattern
      case 'REGEXP': return value ==~ pattern
      default: return Files.matches(value, pattern)
    }
  }
}

class Flags {
  final Set<String> found = [] as Set

  void beforeAgent(boolean on) { if (on) found << 'agent' }

  void beforeInput(boolean on) { if (on) found << 'input' }

  void beforeOptions(boolean on) { if (on) found << 'options' }

  def methodMissing(String name, Object arguments) { null }
}
