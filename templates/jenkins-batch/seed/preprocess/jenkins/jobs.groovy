// Job DSL: the job of this repository. A seed job with this repository as its Git source runs it (README.md); nothing in it has to be
// approved by an administrator first. REPOSITORY_CREDENTIAL, if the seed job has it, is the id of the credential that reads the repository.

def project = new groovy.json.JsonSlurper().parseText(readFileFromWorkspace('project.json'))
def jobs = "${project.projectName}-${project.projectId}".toString()

folder(jobs) {
  description("Builds and deploys the models of the SageMaker project ${project.projectName}.")
}

pipelineJob("${jobs}/preprocess".toString()) {
  description('Prepares rows to train and test with whenever the branch changes.')
  properties {
    disableConcurrentBuilds()
    pipelineTriggers {
      triggers {
        pollSCM {
          // Every minute, by hash: Jenkins warns of a literal `* * * * *`.
          scmpoll_spec('H/1 * * * *')
        }
      }
    }
  }
  definition {
    cpsScm {
      scm {
        git {
          remote {
            url(GIT_URL)
            if (binding.hasVariable('REPOSITORY_CREDENTIAL')) {
              credentials(REPOSITORY_CREDENTIAL)
            }
          }
          branch("*/${project.branch}".toString())
          extensions {}
        }
      }
      scriptPath('Jenkinsfile')
      lightweight(true)
    }
  }
}
