/** The directives that only say something: options { }, parameters { }, agent { }, post { }. */
class Options {
  static final List<String> OF_PIPELINES = [
    'buildDiscarder', 'checkoutToSubdirectory', 'disableConcurrentBuilds', 'disableResume', 'logRotator', 'newContainerPerStage',
    'overrideIndexTriggers', 'parallelsAlwaysFailFast', 'preserveStashes', 'quietPeriod', 'retry', 'skipDefaultCheckout',
    'skipStagesAfterUnstable', 'timeout', 'timestamps',
  ]
  static final List<String> OF_STAGES = ['retry', 'skipDefaultCheckout', 'timeout', 'timestamps']
  private static final List<String> OF_INPUTS = ['message', 'id', 'ok', 'submitter', 'submitterParameter']

  static Map<String, Object> of(Closure block, List<String> known = OF_PIPELINES) {
    Sections.read(block, 'options', known, new Binding())
  }

  static Map<String, Object> fields(Closure block) {
    Sections.read(block, 'input', OF_INPUTS, new Binding())
  }
}

/** parameters { }: what a build gets is what was given for a declared parameter, else its default. */
class Parameters {
  private static final List<String> KINDS = ['string', 'text', 'booleanParam', 'choice', 'password']
  private final Map<String, Object> defaults = [:]

  static Map<String, Object> of(Closure block, Map given) {
    Parameters parameters = new Parameters()
    Blocks.call(block, parameters)
    parameters.defaults.collectEntries { name, value -> [name, given?.containsKey(name) ? given[name] : value] }
  }

  def methodMissing(String kind, Object arguments) {
    if (!(kind in KINDS)) throw new NotAPipeline("parameters { } has no kind $kind")
    Map fields = arguments[0] as Map
    def value = kind == 'choice' ? fields.choices[0] : fields.defaultValue
    defaults[fields.name as String] = value instanceof CharSequence ? value as String : value
  }
}

class Agents {
  private String label

  static String labelOf(Object agent) {
    if (!(agent instanceof Closure)) return agent as String
    Agents agents = new Agents()
    Blocks.call(agent as Closure, agents)
    agents.label
  }

  void label(Object label) {
    this.label = label as String
  }

  void node(Closure block) {
    Blocks.call(block, this)
  }

  void customWorkspace(String folder) {}

  def methodMissing(String kind, Object arguments) {
    throw new NotAPipeline("agent { } of kind $kind is not known here")
  }
}

/** post { }: its conditions in the documented order, whatever order they are written in. */
class Post {
  private static final Map<String, Closure> CONDITIONS = [
    always: { now, last -> true },
    changed: { now, last -> now != last },
    fixed: { now, last -> now == 'SUCCESS' && last in ['FAILURE', 'UNSTABLE'] },
    regression: { now, last -> last == 'SUCCESS' && now in ['FAILURE', 'UNSTABLE', 'ABORTED'] },
    aborted: { now, last -> now == 'ABORTED' },
    failure: { now, last -> now == 'FAILURE' },
    success: { now, last -> now == 'SUCCESS' },
    unstable: { now, last -> now == 'UNSTABLE' },
    unsuccessful: { now, last -> now != 'SUCCESS' },
    cleanup: { now, last -> true },
  ]

  static Map<String, Closure> due(Closure block, String status, String previous) {
    Map<String, Object> found = Sections.read(block, 'post', CONDITIONS.keySet(), new Binding())
    CONDITIONS.findAll { name, isDue -> found.containsKey(name) && isDue(status, previous) }
      .collectEntries { name, isDue -> [name, found[name]] } as Map<String, Closure>
  }
}
