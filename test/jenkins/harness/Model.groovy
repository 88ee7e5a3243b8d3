/** A stage as it was read; blocks are closures that have not run. */
class Stage {
  String name
  Map<String, Object> directives = [:]
  List<Stage> children = []
  boolean parallel = false
  boolean failFast = false
}

/** A pipeline as it was read. */
class Pipeline {
  Map<String, Object> directives = [:]
  List<Stage> stages = []
}

/** Reads the sections of a block by their names; a section that Jenkins does not know there, or a second one, is refused. */
class Sections {
  private final String place
  private final Set<String> known
  private final Binding binding
  final Map<String, Object> found = [:]

  Sections(String place, Collection<String> known, Binding binding) {
    this.place = place
    this.known = known as Set
    this.binding = binding
  }

  static Map<String, Object> read(Closure block, String place, Collection<String> known, Binding binding) {
    Sections sections = new Sections(place, known, binding)
    Blocks.call(block, sections)
    sections.found
  }

  def methodMissing(String name, Object arguments) {
    if (!(name in known)) throw new NotAPipeline("$place { } has no section $name")
    if (found.containsKey(name)) throw new NotAPipeline("$place { } has two sections $name")
    found[name] = arguments.length == 1 ? arguments[0] : arguments as List
    null
  }

  def propertyMissing(String name) {
    name in ['any', 'none'] ? name : binding.getVariable(name)
  }
}

/** Collects stage('name') { } in order. */
class Stages {
  final List<List> found = []

  def stage(String name, Closure block) {
    if (found*.get(0).contains(name)) throw new NotAPipeline("two stages are named $name")
    found << [name, block]
  }

  static List<List> read(Closure block) {
    Stages stages = new Stages()
    Blocks.call(block, stages)
    if (!stages.found) throw new NotAPipeline('stages { } has no stage')
    stages.found
  }
}

class Blocks {
  /** Calls a block with what its unqualified calls and names are looked up in first. */
  static def call(Closure block, Object delegate) {
    Closure copy = block.clone() as Closure
    copy.delegate = delegate
    copy.resolveStrategy = Closure.DELEGATE_FIRST
    copy.call()
  }
}

/** Reads pipeline { } into a model. https://www.jenkins.io/doc/book/pipeline/syntax/ */
class Reader {
  private static final List<String> PIPELINE =
    ['agent', 'environment', 'options', 'parameters', 'triggers', 'tools', 'stages', 'post']
  private static final List<String> STAGE =
    ['agent', 'environment', 'options', 'tools', 'input', 'when', 'failFast', 'steps', 'stages', 'parallel', 'post']

  static Pipeline read(Closure block, Binding binding) {
    Map found = Sections.read(block, 'pipeline', PIPELINE, binding)
    ['agent', 'stages'].each { if (!found.containsKey(it)) throw new NotAPipeline("pipeline { } lacks $it") }
    new Pipeline(directives: found, stages: stagesOf(found.stages as Closure, binding))
  }

  private static List<Stage> stagesOf(Closure block, Binding binding) {
    Stages.read(block).collect { stageOf(it[0] as String, it[1] as Closure, binding) }
  }

  private static Stage stageOf(String name, Closure block, Binding binding) {
    Map found = Sections.read(block, "stage('$name')", STAGE, binding)
    List<String> bodies = ['steps', 'stages', 'parallel'].findAll { found.containsKey(it) }
    if (bodies.size() != 1) {
      throw new NotAPipeline("stage('$name') has one of steps, stages and parallel, got: ${bodies.join(', ') ?: 'none'}")
    }
    Closure inner = (found.stages ?: found.parallel) as Closure
    new Stage(
      name: name,
      directives: found,
      children: inner ? stagesOf(inner, binding) : [],
      parallel: found.containsKey('parallel'),
      failFast: found.failFast == true
    )
  }
}
