import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration

/** A pipeline file's own functions find the steps as Jenkins' scripts do. */
abstract class PipelineScript extends Script {
  def methodMissing(String name, Object arguments) {
    binding.getVariable('steps').invokeMethod(name, arguments)
  }
}

/**
 * Runs pipeline files over scenarios, and Job DSL scripts: a request a line as JSON on standard input; what happened as
 * JSON lines on standard output, an event `end` after each request.
 */
class Main {
  static void main(String[] arguments) {
    PrintStream out = System.out
    // A file that prints must not be read as an event.
    System.out = System.err
    Closure emit = { Map event -> out.println(JsonOutput.toJson(event)) }
    System.in.eachLine('UTF-8') { String line ->
      try {
        answer(new JsonSlurper().parseText(line) as Map, emit)
        emit([event: 'end'])
      } catch (Exception error) {
        error.printStackTrace()
        emit([event: 'end', message: error.toString()])
      }
      out.flush()
    }
  }

  private static void answer(Map request, Closure emit) {
    if (request.jobDsl) new JobDsl(emit).run(request.jobDsl as String, request.variables as Map, (request.files ?: [:]) as Map)
    else runPipeline(request, emit)
  }

  private static void runPipeline(Map request, Closure emit) {
    String text = request.pipeline
    List<String> violations = Syntax.violations(text)
    violations.each { emit([event: 'violation', message: it]) }
    if (violations) return
    Class file = compile(text)
    request.scenarios.each { Map scenario ->
      new Job(file, { Map event -> emit([scenario: scenario.name] + event) }).run(scenario)
    }
  }

  private static Class compile(String text) {
    CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: PipelineScript.name)
    new GroovyClassLoader(Main.classLoader, configuration).parseClass(text, 'Jenkinsfile.groovy')
  }
}
