import groovy.json.JsonSlurper
import java.security.MessageDigest

/**
 * The steps, recorded. Each does to workspace, stashes and archive what Jenkins does, as far as a pipeline can tell;
 * `sh` does what the scenario says. A step that is not here is refused, as one that no plugin brings.
 */
class Steps {
  private final Build build

  Steps(Build build) {
    this.build = build
  }

  def sh(Object given) {
    Map arguments = given instanceof Map ? given : [script: given]
    Workspace workspace = workspaceFor('sh')
    Map outcome = ShellOutcomes.of(build.scenario, arguments.script as String, build.env.merged())
    ShellOutcomes.touch(workspace, arguments.script as String)
    record('sh', [
      script: arguments.script as String, interpolated: arguments.script instanceof GString,
      env: build.env.merged(), files: new LinkedHashMap(workspace.texts), exit: outcome.exit ?: 0,
    ])
    workspace.texts.putAll(outcome.files ?: [:])
    if (arguments.returnStatus) return outcome.exit ?: 0
    if (outcome.exit) throw new StepFailed("script returned exit code ${outcome.exit}")
    arguments.returnStdout ? outcome.stdout ?: '' : null
  }

  /** Of the job's own SCM what the scenario says, of a commit that is named that one. */
  def checkout(Map scm) {
    String commit = scm.scm?.branches?.getAt(0)?.name
    if (commit) {
      workspaceFor('checkout')
      record('checkout', [commit: commit, poll: scm.poll])
      return [GIT_COMMIT: commit]
    }
    List<Map> revisions = build.scenario.checkouts ?: [[:]]
    Map revision = revisions.size() > 1 ? revisions.remove(0) : revisions[0]
    workspaceFor('checkout').texts.putAll(revision.files ?: [:])
    record('checkout', [revision: revision.findAll { it.key != 'files' }])
    revision.findAll { it.key != 'files' } as Map<String, String>
  }

  def deleteDir() {
    Workspace workspace = workspaceFor('deleteDir')
    record('deleteDir', [:])
    workspace.texts.clear()
  }

  def sha256(Map arguments) {
    String text = workspaceFor('sha256').read(arguments.file as String)
    record('sha256', [file: arguments.file])
    MessageDigest.getInstance('SHA-256').digest(text.getBytes('UTF-8')).encodeHex().toString()
  }

  def archiveArtifacts(Object given) {
    Map arguments = given instanceof Map ? given : [artifacts: given]
    Map<String, String> files = workspaceFor('archiveArtifacts').matching(arguments.artifacts as String)
    record('archiveArtifacts', [artifacts: arguments.artifacts, files: files])
    if (!files && !arguments.allowEmptyArchive) throw new StepFailed("no artifacts match ${arguments.artifacts}")
    build.archive.texts.putAll(files)
  }

  def unarchive(Map arguments) {
    Workspace workspace = workspaceFor('unarchive')
    record('unarchive', arguments)
    arguments.mapping.each { pattern, folder -> workspace.texts.putAll(build.archive.matching(pattern as String)) }
  }

  def stash(Map arguments) {
    Files files = new Files()
    files.texts.putAll(workspaceFor('stash').matching((arguments.includes ?: '**') as String))
    record('stash', [name: arguments.name, files: files.texts])
    if (!files.texts && !arguments.allowEmpty) throw new StepFailed("no files included in stash ${arguments.name}")
    build.stashes[arguments.name as String] = files
  }

  def unstash(Object given) {
    String name = given instanceof Map ? given.name : given
    Workspace workspace = workspaceFor('unstash')
    record('unstash', [name: name])
    if (!build.stashes.containsKey(name)) throw new StepFailed("no such saved stash $name")
    workspace.texts.putAll(build.stashes[name].texts)
  }

  boolean fileExists(String path) {
    workspaceFor('fileExists').texts.containsKey(path)
  }

  def readFile(Object given) {
    String file = given instanceof Map ? given.file : given
    record('readFile', [file: file])
    workspaceFor('readFile').read(file)
  }

  def readJSON(Map arguments) {
    record('readJSON', [file: arguments.file])
    new JsonSlurper().parseText(arguments.text as String ?: workspaceFor('readJSON').read(arguments.file as String))
  }

  def input(Object given) {
    Map arguments = given instanceof Map ? given : [message: given]
    record('input', arguments.collectEntries { [it.key, it.value as String] } + [timeLimits: build.timeLimits])
    arrivals('input')
    switch (build.scenario.input ?: 'approve') {
      case 'refuse': throw new Interrupted('ABORTED', 'Rejected by somebody')
      case 'expire':
        if (build.timeLimits == 0) throw new NotAPipeline('input waits without a time limit')
        throw new Interrupted('ABORTED', 'Timeout has been exceeded')
      default: return arguments.submitterParameter ? build.scenario.approver ?: arguments.submitter : null
    }
  }

  def mail(Map arguments) {
    record('mail', arguments.collectEntries { [it.key, it.value as String] })
  }

  def echo(Object message) {
    record('echo', [message: message as String])
  }

  def error(Object message) {
    record('error', [message: message as String])
    throw new StepFailed(message as String)
  }

  def unstable(Object message) {
    record('unstable', [message: message as String])
    build.currentBuild.result = 'UNSTABLE'
  }

  def milestone(Object ordinal = null) {
    record('milestone', [ordinal: ordinal])
  }

  def script(Closure body) {
    Blocks.call(body, this)
  }

  def withEnv(List<CharSequence> pairs, Closure body) {
    Map<String, String> scope = pairs.collectEntries { it.toString().split('=', 2) as List }
    build.env.within(scope) { Blocks.call(body, this) }
  }

  def timeout(Map arguments, Closure body) {
    around('timeout', arguments) {
      build.timeLimits++
      try {
        Blocks.call(body, this)
      } finally {
        build.timeLimits--
      }
    }
  }

  /** A build that waits here goes on once whoever holds the resource has let it go; those that wait in order. */
  def lock(Object given, Closure body) {
    String resource = given instanceof Map ? given.resource : given
    build.job.locks.take(resource, build) { record('waits for lock', [resource: resource]) }
    try {
      around('lock', [resource: resource]) { Blocks.call(body, this) }
    } finally {
      build.job.locks.release(resource, build)
    }
  }

  /** A stage that a script makes. */
  def stage(Object name, Closure body) {
    build.scriptedStage(name as String) { Blocks.call(body, this) }
  }

  def node(Object label, Closure body) {
    build.scriptedNode(label as String) { Blocks.call(body, this) }
  }

  def withAWS(Map arguments, Closure body) {
    around('withAWS', arguments) { Blocks.call(body, this) }
  }

  def withCredentials(List<Map> bindings, Closure body) {
    Map<String, String> scope = bindings.collectEntries { [it.variable, "secret of ${it.credentialsId}".toString()] }
    around('withCredentials', [bindings: bindings]) { build.env.within(scope) { Blocks.call(body, this) } }
  }

  def string(Map arguments) {
    arguments
  }

  def file(Map arguments) {
    arguments
  }

  def methodMissing(String name, Object arguments) {
    throw new StepFailed("no such step: $name")
  }

  private def around(String name, Map arguments, Closure body) {
    record(name, arguments)
    def result = body()
    record("end of $name".toString(), [:])
    result
  }

  private void record(String name, Map details) {
    build.emit([event: 'step', step: name] + details)
    if (name == 'sh') arrivals(details.script as String)
  }

  private void arrivals(String occasion) {
    Map arrival = build.scenario.arrival as Map
    if (!arrival || !(occasion =~ arrival.at)) return
    build.scenario.remove('arrival')
    build.job.arrive(arrival.build as Map)
  }

  private Workspace workspaceFor(String step) {
    if (!build.workspace) throw new StepFailed("$step needs an agent (hudson.FilePath is missing)")
    build.workspace
  }
}

/** What the scenario says that shell lines do; by default they succeed and leave nothing behind. */
class ShellOutcomes {
  static Map of(Map scenario, String script, Map env) {
    (scenario.shell ?: []).find { script =~ it.match && it.env?.every { name, value -> env[name] == value } != false } ?: [:]
  }

  /** The one shell command that the harness itself carries out: `rm -rf FOLDER`. */
  static void touch(Workspace workspace, String script) {
    def removal = script =~ /^rm -rf (\S+)$/
    if (removal) workspace.remove(removal[0][1] as String)
  }
}
