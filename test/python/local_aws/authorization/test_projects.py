"""Who may launch products, make projects and use connections, with policies that count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalogs import Catalog, until
from code_repository import CodeRepository
from git_connections import GitConnection, connection_of
from judged_roles import OWN, document, refused, role, statement
from local_account import REGION, Account

REPOSITORY = {
    "CodeRepositoryName": {"Fn::Sub": "sagemaker-${SageMakerProjectId}-modelbuild"},
    "GitConfig": {"RepositoryUrl": "https://github.com/acme/churn-build", "Branch": "main"},
}
PASSED_TO_CLOUDFORMATION = {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}


def test_a_connection_is_used_by_the_name_in_its_arn_and_for_what_conditions_allow(
    own: Account, tmp_path: Path
) -> None:
    made = CodeRepository(tmp_path)
    made.create()
    made.push({"README.md": "a project"})
    arn = connection_of(own).complete(made.bare).arn
    reads = {"codeconnections:ProviderAction": "GitPull", "codeconnections:FullRepositoryId": "acme/churn"}
    use = statement("codeconnections:UseConnection", arn, Condition={"StringEquals": reads})
    reader = GitConnection(role(own, "git-reader", use), arn)
    assert "refs/heads/main" in reader.git(tmp_path, "ls-remote", reader.url).stdout
    assert "403" in reader.git(tmp_path / "work", "push", reader.url, "HEAD:refs/heads/other").stderr
    other = GitConnection(role(own, "git-other", statement("codestar-connections:UseConnection")), arn)
    assert "403" in other.git(tmp_path, "ls-remote", other.url).stderr


def test_a_product_takes_what_the_caller_and_the_launch_role_may(own: Account) -> None:
    catalog = Catalog(own).create()
    launch = catalog.role("catalog-launch")
    catalog.launch_as(launch)
    product = f"arn:aws:catalog:{REGION}:{OWN}:product/{catalog.product}"
    looks = ["servicecatalog:DescribeRecord", "servicecatalog:TerminateProvisionedProduct"]
    scientist = role(own, "scientist", statement("servicecatalog:ProvisionProduct", product), statement(looks))
    catalog.let_in(f"arn:aws:iam::{OWN}:role/scientist").account = scientist
    assert "servicecatalog:DescribeProductAsAdmin" in refused(
        scientist.client("servicecatalog").describe_product_as_admin, Id=catalog.product
    )
    session = "assumed-role/catalog-launch/servicecatalog is not authorized to perform:"
    iam, copies = own.client("iam"), {"StringEquals": {"s3:ExistingObjectTag/servicecatalog:provisioning": "true"}}
    assert f"{session} cloudformation:CreateStack" in reason(catalog.launch("first", Name="launched-by-a-role"))
    stacks = ["cloudformation:CreateStack", "cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents"]
    made = statement([*stacks, "cloudformation:DeleteStack"], f"arn:aws:cloudformation:{REGION}:{OWN}:stack/SC-{OWN}-*")
    iam.put_role_policy(RoleName="catalog-launch", PolicyName="own", PolicyDocument=document(made))
    assert f"{session} s3:GetObject" in reason(catalog.launch("unread", Name="launched-by-a-role"))
    reads = statement("s3:GetObject", Condition=copies)
    iam.put_role_policy(RoleName="catalog-launch", PolicyName="own", PolicyDocument=document(made, reads))
    told = reason(catalog.launch("second", Name="launched-by-a-role"))
    assert told.startswith("Bucket: ")
    assert f"{session} s3:CreateBucket" in told
    buckets = statement("s3:*", "arn:aws:s3:::launched-by-a-role")
    iam.put_role_policy(RoleName="catalog-launch", PolicyName="own", PolicyDocument=document(made, reads, buckets))
    assert catalog.launch("third", Name="launched-by-a-role")["RecordDetail"]["Status"] == "SUCCEEDED"


def reason(told: dict[str, Any]) -> str:
    (error,) = told["RecordDetail"]["RecordErrors"]
    return str(error["Description"])


def test_a_project_of_a_template_in_s3_takes_what_the_caller_may_pass_on(own: Account) -> None:
    catalog = Catalog(own)
    template = {
        "Parameters": {f"SageMakerProject{each}": {"Type": "String"} for each in ("Name", "Id")},
        "Resources": {"Code": {"Type": "AWS::SageMaker::CodeRepository", "Properties": REPOSITORY}},
    }
    url = catalog.upload(template, "project.json")
    launch = catalog.role("project-launch", "cloudformation.amazonaws.com")
    repositories = statement("sagemaker:*", own.arn("sagemaker", "code-repository/*"))
    iam = own.client("iam")
    iam.put_role_policy(RoleName="project-launch", PolicyName="own", PolicyDocument=document(repositories))
    stacks, only = own.arn("cloudformation", "stack/SP-*"), {"StringEquals": {"cloudformation:RoleArn": launch}}
    projects = [f"sagemaker:{each}Project" for each in ("Create", "Delete", "Describe")]
    may = [
        statement(projects, own.arn("sagemaker", "project/*")),
        statement(["cloudformation:CreateStack", "cloudformation:DeleteStack"], stacks, Condition=only),
        statement(["cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents"], stacks),
        statement("s3:GetObject", f"arn:aws:s3:::templates-{OWN}/*"),
    ]
    maker = role(own, "project-maker", *may)
    assert "iam:PassRole on resource: " + launch in failure(maker, "churn-a", url, launch)
    passes = statement("iam:PassRole", launch, Condition=PASSED_TO_CLOUDFORMATION)
    iam.put_role_policy(RoleName="project-maker", PolicyName="own", PolicyDocument=document(*may, passes))
    assert failure(maker, "churn-b", url, launch) == "CreateCompleted"
    other = launch.replace("project-launch", "catalog-launch")
    assert "cloudformation:CreateStack" in failure(maker, "churn-c", url, other)
    (repository,) = own.client("sagemaker").list_code_repositories()["CodeRepositorySummaryList"]
    tags = own.client("sagemaker").list_tags(ResourceArn=repository["CodeRepositoryArn"])["Tags"]
    assert {"Key": "sagemaker:project-name", "Value": "churn-b"} in tags
    maker.client("sagemaker").delete_project(ProjectName="churn-b")
    assert at_rest(maker, "churn-b")["ProjectStatus"] == "DeleteCompleted"


def failure(maker: Account, name: str, url: str, launch: str) -> str:
    """Or, where there is none, the project's status."""
    provider = {"TemplateName": "code", "TemplateURL": url, "RoleARN": launch}
    maker.client("sagemaker").create_project(ProjectName=name, TemplateProviders=[{"CfnTemplateProvider": provider}])
    told = at_rest(maker, name)["TemplateProviderDetails"][0]["CfnTemplateProviderDetail"]
    return str(told["StackDetail"]["StatusMessage"])


def at_rest(maker: Account, name: str) -> dict[str, Any]:
    def look() -> dict[str, Any]:
        return dict(maker.client("sagemaker").describe_project(ProjectName=name))

    return dict(until(look, lambda project: project["ProjectStatus"].endswith(("Completed", "Failed"))))
