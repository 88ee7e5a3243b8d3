import org.codehaus.groovy.ast.builder.AstBuilder
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.TupleExpression
import org.codehaus.groovy.ast.stmt.BlockStatement
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.Statement
import org.codehaus.groovy.control.CompilePhase

/**
 * What Jenkins' validator refuses before anything runs and Groovy alone would not: inside pipeline { } only sections
 * and steps may stand, and Groovy's own statements only inside script { } and expression { }.
 * https://www.jenkins.io/doc/book/pipeline/syntax/#declarative-pipeline
 */
class Syntax {
  private static final Set<String> GROOVY = ['script', 'expression'] as Set
  private static final Set<String> ASSIGNMENTS = ['environment'] as Set

  /** @return one line for each violation, with the line it stands on */
  static List<String> violations(String text) {
    BlockStatement file = new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, text)[0] as BlockStatement
    List<MethodCallExpression> pipelines = file.statements.collect { callOf(it) }.findAll { it?.methodAsString == 'pipeline' }
    if (pipelines.size() != 1) return ["a file has one pipeline { }, got: ${pipelines.size()}".toString()]
    blockOf(pipelines[0]).collectMany { inSection(it, 'pipeline') }
  }

  private static List<String> inSection(Statement statement, String section) {
    if (section in GROOVY) return []
    if (section in ASSIGNMENTS) return isAssignment(statement) ? [] : [at(statement, 'an assignment', section)]
    MethodCallExpression call = callOf(statement)
    if (!call) return [at(statement, 'a section or a step', section)]
    blockOf(call).collectMany { inSection(it, call.methodAsString) }
  }

  private static String at(Statement statement, String expected, String section) {
    "line ${statement.lineNumber}: expected $expected in $section { }".toString()
  }

  private static boolean isAssignment(Statement statement) {
    statement instanceof ExpressionStatement && statement.expression instanceof BinaryExpression &&
      statement.expression.operation.text == '='
  }

  private static MethodCallExpression callOf(Statement statement) {
    boolean isCall = statement instanceof ExpressionStatement && statement.expression instanceof MethodCallExpression
    isCall ? statement.expression as MethodCallExpression : null
  }

  /** The statements of the block that a call ends with, if it ends with one. */
  private static List<Statement> blockOf(MethodCallExpression call) {
    List arguments = call.arguments instanceof TupleExpression ? call.arguments.expressions : []
    def last = arguments ? arguments.last() : null
    last instanceof ClosureExpression ? (last.code as BlockStatement).statements : []
  }
}
