import org.codehaus.groovy.runtime.InvokerHelper

/** One build of a pipeline: stages, conditions, agents and results as Jenkins documents them. */
class Build {
  final int number
  final Map scenario
  final Job job
  final Closure emit
  final Environment env
  final CurrentBuild currentBuild
  final Files archive = new Files()
  final Map<String, Files> stashes = [:]
  Map<String, Object> options = [:]
  Map<String, Object> params = [:]
  Workspace workspace
  /** How many time limits surround the step. */
  int timeLimits = 0
  private final List<String> path = []
  private int agents = 0
  private Steps steps
  private Binding binding

  Build(int number, Map scenario, Job job, Closure emit) {
    this.number = number
    this.scenario = scenario
    this.job = job
    this.emit = { Map event -> emit([stage: path.join(' / '), agent: workspace?.toString()] + event) }
    this.env = new Environment([BUILD_NUMBER: number as String, BUILD_URL: "http://jenkins/job/mlops/$number/"] + (scenario.env ?: [:]))
    this.currentBuild = new CurrentBuild(number, 'mlops', scenario.previousResult as String)
  }

  void run(Class file) {
    steps = new Steps(this)
    // A job's first build has its parameters only as params, not in the environment of steps.
    binding = new Binding(env: env, currentBuild: currentBuild, steps: steps, params: scenario.params ?: [:], scm: [:])
    binding.setVariable('pipeline', { Closure block -> pipeline(Reader.read(block, binding)) })
    try {
      InvokerHelper.createScript(file, binding).run()
    } catch (NotAPipeline | MissingPropertyException error) {
      emit([event: 'refused', message: error.message])
      currentBuild.result = 'FAILURE'
    }
    emit([event: 'result', result: currentBuild.currentResult])
  }

  private void pipeline(Pipeline model) {
    Map directives = model.directives
    options = directives.options ? Options.of(directives.options as Closure) : [:]
    params = directives.parameters ? Parameters.of(directives.parameters as Closure, scenario.params as Map) : [:]
    binding.setVariable('params', params.asImmutable())
    emit([event: 'options', options: options.keySet() as List, params: params])
    attempt {
      limited(options) {
        inAgent(directives.agent) {
          inEnvironment(directives.environment as Closure) {
            Throwable failure = attempt { sequence(model.stages) }
            post(directives.post as Closure, currentBuild.currentResult)
            if (failure) throw failure
          }
        }
      }
    }
  }

  /** @return what went wrong, after the build's result has taken it in */
  private Throwable attempt(Closure body) {
    try {
      body()
      return null
    } catch (NotAPipeline error) {
      throw error
    } catch (Exception error) {
      currentBuild.result = Results.of(error)
      return error
    }
  }

  /** The first failure ends a sequence: what is left is skipped, and then the failure goes on outwards. */
  private void sequence(List<Stage> stages) {
    Throwable first = null
    stages.each { Stage stage ->
      boolean unstable = options.containsKey('skipStagesAfterUnstable') && currentBuild.currentResult == 'UNSTABLE'
      if (first || unstable) skip(stage, first ? 'earlier failure' : 'unstable')
      else first = attempt { enter(stage) }
    }
    if (first) throw first
  }

  /** All run, here one after the other; with failFast the first failure ends what has not. */
  private void branches(Stage parent) {
    Throwable first = null
    parent.children.each { Stage stage ->
      if (first && parent.failFast) return skip(stage, 'failFast')
      Throwable error = attempt { enter(stage) }
      first = first ?: error
    }
    if (first) throw first
  }

  private void skip(Stage stage, String reason) {
    within(stage.name) { emit([event: 'skipped', reason: reason]) }
  }

  private void enter(Stage stage) {
    Map directives = stage.directives
    Set<String> early = directives.when ? Conditions.flagsOf(directives.when as Closure) : [] as Set
    Closure holds = { -> !directives.when || Conditions.of(directives.when as Closure, env).hold() }
    Closure whenTrue = { boolean now, Closure body -> now && !holds() ? emit([event: 'skipped', reason: 'when']) : body() }
    Map own = directives.options ? Options.of(directives.options as Closure, Options.OF_STAGES) : [:]
    within(stage.name) {
      whenTrue('options' in early) {
        limited(own) {
          whenTrue('input' in early) {
            if (directives.input) steps.input(Options.fields(directives.input as Closure))
            whenTrue('agent' in early) {
              inAgent(directives.agent) {
                inEnvironment(directives.environment as Closure) {
                  whenTrue(early.isEmpty()) { body(stage) }
                }
              }
            }
          }
        }
      }
    }
  }

  private void body(Stage stage) {
    emit([event: 'stage'])
    Throwable failure = attempt {
      if (stage.directives.steps) Blocks.call(stage.directives.steps as Closure, steps)
      else if (stage.parallel) branches(stage)
      else sequence(stage.children)
    }
    post(stage.directives.post as Closure, failure ? Results.of(failure) : currentBuild.currentResult)
    if (failure) throw failure
  }

  private void post(Closure block, String status) {
    if (!block) return
    Post.due(block, status, currentBuild.previousBuild?.result as String).each { String condition, Closure body ->
      emit([event: 'post', condition: condition])
      Throwable failure = attempt { Blocks.call(body, steps) }
      if (failure) emit([event: 'postFailed', condition: condition, message: failure.message])
    }
  }

  private def within(String stage, Closure body) {
    path << stage
    try {
      return body()
    } finally {
      path.remove(path.size() - 1)
    }
  }

  private void limited(Map own, Closure body) {
    int limits = own.containsKey('timeout') ? 1 : 0
    timeLimits += limits
    try {
      body()
    } finally {
      timeLimits -= limits
    }
  }

  private def inAgent(Object agent, Closure body) {
    if (!agent || agent == 'none') return body()
    scriptedNode(Agents.labelOf(agent)) {
      if (options.containsKey('skipDefaultCheckout')) body()
      else env.within(steps.checkout([:]), body)
    }
  }

  def scriptedNode(String label, Closure body) {
    Workspace outer = workspace
    workspace = new Workspace(label, ++agents)
    workspace.texts.putAll((scenario.left ?: [:]) as Map<String, String>)
    emit([event: 'agent'])
    try {
      body()
    } finally {
      emit([event: 'agentLeft'])
      workspace = outer
    }
  }

  def scriptedStage(String name, Closure body) {
    within(name) {
      emit([event: 'stage'])
      body()
    }
  }

  private def inEnvironment(Closure block, Closure body) {
    block ? env.within(Assignments.of(block), body) : body()
  }
}
