"""
Alarms, rules, and who may call a function.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
"""

from typing import Any

from .kind import Kind, Made, ResourceError, Work, as_json, changed_tags, unless_gone


class Alarm(Kind):
    type = "AWS::CloudWatch::Alarm"
    _longest_name = 255

    def create(self, work: Work) -> Made:
        name = work.properties.get("AlarmName") or work.name(self._longest_name)
        cloudwatch = work.clients.of("cloudwatch")
        if cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]:
            raise ResourceError(f"{name} already exists in stack or account")
        cloudwatch.put_metric_alarm(**work.without("AlarmName"), AlarmName=name, Tags=work.pairs())
        return Made(name, {"Arn": work.arn("cloudwatch", f"alarm:{name}")})

    def update(self, work: Work, made: Made, before: Work) -> Made:
        cloudwatch, arn = work.clients.of("cloudwatch"), made.attributes["Arn"]
        if work.without() != before.without():
            cloudwatch.put_metric_alarm(**work.without("AlarmName"), AlarmName=made.id)
        tags, removed = changed_tags(work, before)
        if tags:
            cloudwatch.tag_resource(ResourceARN=arn, Tags=_pairs(tags))
        if removed:
            cloudwatch.untag_resource(ResourceARN=arn, TagKeys=removed)
        return made

    def delete(self, work: Work, made: Made) -> None:
        unless_gone(lambda: work.clients.of("cloudwatch").delete_alarms(AlarmNames=[made.id]), "ResourceNotFound")


class Rule(Kind):
    type = "AWS::Events::Rule"
    _longest_name = 64

    def create(self, work: Work) -> Made:
        name = work.properties.get("Name") or work.name(self._longest_name)
        arn = work.clients.of("events").put_rule(Name=name, **_rule(work), Tags=work.pairs())["RuleArn"]
        return Made(name, {"Arn": arn, "RuleName": name})

    def settle(self, work: Work, made: Made) -> Made:
        _put_targets(work, made)
        return made

    def update(self, work: Work, made: Made, before: Work) -> Made:
        events, arn = work.clients.of("events"), made.attributes["Arn"]
        events.put_rule(Name=made.id, **_rule(work))
        gone = [each for each in _target_ids(before) if each not in _target_ids(work)]
        if gone:
            events.remove_targets(Rule=made.id, Ids=gone, **_bus(work))
        _put_targets(work, made)
        tags, removed = changed_tags(work, before)
        if tags:
            events.tag_resource(ResourceARN=arn, Tags=_pairs(tags))
        if removed:
            events.untag_resource(ResourceARN=arn, TagKeys=removed)
        return made

    def delete(self, work: Work, made: Made) -> None:
        events, ids = work.clients.of("events"), _target_ids(work)
        if ids:
            unless_gone(lambda: events.remove_targets(Rule=made.id, Ids=ids, **_bus(work)), "ResourceNotFoundException")
        unless_gone(lambda: events.delete_rule(Name=made.id, **_bus(work)), "ResourceNotFoundException")


class Permission(Kind):
    type = "AWS::Lambda::Permission"
    _longest_name = 100

    def create(self, work: Work) -> Made:
        name = work.name(self._longest_name)
        work.clients.of("lambda").add_permission(StatementId=name, **work.without())
        return Made(name, {"Id": name})

    def delete(self, work: Work, made: Made) -> None:
        asked = {"FunctionName": work.properties["FunctionName"], "StatementId": made.id}
        unless_gone(lambda: work.clients.of("lambda").remove_permission(**asked), "ResourceNotFoundException")


def _rule(work: Work) -> dict[str, Any]:
    asked = work.without("Name", "Targets")
    return {**asked, **({"EventPattern": as_json(asked["EventPattern"])} if "EventPattern" in asked else {})}


def _bus(work: Work) -> dict[str, str]:
    return {"EventBusName": work.properties["EventBusName"]} if "EventBusName" in work.properties else {}


def _target_ids(work: Work) -> list[str]:
    return [each["Id"] for each in work.properties.get("Targets", [])]


def _put_targets(work: Work, made: Made) -> None:
    targets = work.properties.get("Targets")
    if not targets:
        return
    answer = work.clients.of("events").put_targets(Rule=made.id, Targets=targets, **_bus(work))
    if answer["FailedEntryCount"]:
        raise ResourceError("; ".join(each["ErrorMessage"] for each in answer["FailedEntries"]))


def _pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": name, "Value": value} for name, value in tags.items()]
