import com.lesfurets.jenkins.unit.declarative.DeclarativePipelineTest
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

/**
 * Runs a pipeline file, unchanged, under JenkinsPipelineUnit, and prints its calls as JSON lines.
 * Arguments: repository, file in it, `{ env, params, exit }` with what mlops plan and drift exit with.
 */
class PipelineRun extends DeclarativePipelineTest {
  PipelineRun(String repository) {
    scriptRoots = [repository] as String[]
    scriptExtension = ''
    baseScriptRoot = repository
  }

  void prepare(Map scenario) {
    setUp()
    helper.registerAllowedMethod('sh', [Map], { Map call -> call.script.contains('mlops') ? scenario.exit : 0 })
    helper.registerAllowedMethod('readJSON', [Map], { Map call -> [approval: ['prod-mammo-severity']] })
    helper.registerAllowedMethod('input', [Map], { Map call -> 'bob' })
    helper.registerAllowedMethod('checkout', [Map], { Map call -> [GIT_BRANCH: 'origin/main', GIT_COMMIT: 'c1'] })
    helper.registerAllowedMethod('deleteDir', [], { null })
    helper.registerAllowedMethod('sha256', [Map], { Map call -> 'digest' })
    helper.registerAllowedMethod('unstash', [Map], { Map call -> null })
    binding.setVariable('env', scenario.env)
    binding.setVariable('scm', [:])
    binding.setVariable('params', scenario.params ?: [:])
  }

  List<Map> calls() {
    helper.callStack.collect { [name: it.methodName, arguments: it.args.collect { it instanceof Closure ? '{ }' : it }] }
  }
}

PipelineRun run = new PipelineRun(args[0])
run.prepare(new JsonSlurper().parseText(args[2]) as Map)
run.runScript(args[1])
println JsonOutput.toJson(run.calls())
