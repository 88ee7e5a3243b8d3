import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.runtime.InvokerHelper

/** A Job DSL script's top level. */
abstract class SeedScript extends Script {
  String readFileFromWorkspace(String path) {
    Map files = binding.getVariable('workspace')
    if (!files.containsKey(path)) throw new NotAPipeline("the workspace has no $path")
    files[path]
  }

  def methodMissing(String name, Object arguments) {
    binding.getVariable('jobs').add(name, arguments as List)
  }
}

/**
 * Runs a Job DSL script and tells what it describes. Only what the API viewer of the plugins in jenkins/plugins.txt
 * shows, as far as the seed uses it, may be called, each only where it belongs.
 * https://jenkinsci.github.io/job-dsl-plugin/, and /plugin/job-dsl/api-viewer of a server for what plugins add
 */
class JobDsl {
  private static final Map GIT = [remote: [url: true, credentials: true], branch: true, branches: true, extensions: [:]]
  private static final Map TRIGGERS = [cron: [spec: true], pollSCM: [scmpoll_spec: true, ignorePostCommitHooks: true]]
  private static final Map GITHUB = [
    id: true, repoOwner: true, repository: true, repositoryUrl: true, configuredByUrl: true, credentialsId: true,
    traits: [
      gitHubPullRequestDiscovery: [strategyId: true],
      gitHubBranchDiscovery: [strategyId: true],
      gitHubForkDiscovery: [strategyId: true, trust: [gitHubTrustPermissions: true]],
    ],
  ]
  private static final Map CREDENTIALS = [domainCredentials: [domainCredentials: [
    domain: [name: true, description: true],
    credentials: [usernamePassword: [scope: true, id: true, description: true, username: true, password: true]],
  ]]]
  /** The plugin remote-file: https://github.com/jenkinsci/remote-file-plugin#configuration-with-job-dsl */
  private static final Map REMOTE_FILE = [
    localMarker: true, matchBranches: true, fallbackBranch: true, remoteJenkinsFile: true, lookupInParameters: true,
    remoteJenkinsFileSCM: [gitSCM: [
      userRemoteConfigs: [userRemoteConfig: [name: true, url: true, refspec: true, credentialsId: true]],
      branches: [branchSpec: [name: true]], browser: [:], gitTool: true, extensions: [:],
    ]],
  ]
  private static final Map KINDS = [
    folder: [description: true, displayName: true, properties: [folderCredentialsProperty: CREDENTIALS]],
    pipelineJob: [
      description: true, displayName: true,
      parameters: [stringParam: true, booleanParam: true],
      properties: [disableConcurrentBuilds: true, pipelineTriggers: [triggers: TRIGGERS]],
      definition: [cpsScm: [scm: [git: GIT], scriptPath: true, lightweight: true]],
    ],
    multibranchPipelineJob: [
      description: true, displayName: true,
      branchSources: [branchSource: [source: [github: GITHUB]]],
      properties: [folderCredentialsProperty: CREDENTIALS],
      factory: [
        workflowBranchProjectFactory: [scriptPath: true],
        remoteJenkinsFileWorkflowBranchProjectFactory: REMOTE_FILE,
      ],
      orphanedItemStrategy: [discardOldItems: [daysToKeep: true, numToKeep: true]],
      triggers: [periodicFolderTrigger: [interval: true]],
    ],
  ]

  private final Closure emit

  JobDsl(Closure emit) {
    this.emit = emit
  }

  /** @param files those of the seed job's workspace */
  void run(String text, Map variables, Map files) {
    CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: SeedScript.name)
    Class file = new GroovyClassLoader(JobDsl.classLoader, configuration).parseClass(text, 'seed.groovy')
    try {
      InvokerHelper.createScript(file, new Binding([jobs: this, workspace: files] + variables)).run()
    } catch (NotAPipeline | MissingPropertyException error) {
      emit([event: 'refused', message: error.message])
    }
  }

  void add(String kind, List arguments) {
    if (!KINDS.containsKey(kind)) throw new NotAPipeline("Job DSL has no $kind")
    Context context = new Context(kind, KINDS[kind] as Map)
    Blocks.call(arguments[1] as Closure, context)
    emit([event: 'job', kind: kind, name: arguments[0] as String, body: context.found])
  }
}

/** One block of a Job DSL script: the calls in it by name. */
class Context {
  private final String place
  private final Map known
  final Map<String, Object> found = [:]

  Context(String place, Map known) {
    this.place = place
    this.known = known
  }

  def methodMissing(String name, Object arguments) {
    if (!known.containsKey(name)) throw new NotAPipeline("$place { } has no $name")
    found[name] = known[name] instanceof Map ? nested(name, arguments[0] as Closure) : values(arguments as List)
  }

  private Map nested(String name, Closure block) {
    Context context = new Context(name, known[name] as Map)
    Blocks.call(block, context)
    context.found
  }

  private static Object values(List arguments) {
    List plain = arguments.collect { it instanceof CharSequence ? it as String : it }
    plain.size() == 1 ? plain[0] : plain
  }
}
