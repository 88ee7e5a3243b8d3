"""A trail says whether it has event selectors of its own."""

from __future__ import annotations

from local_account import Account


def test_a_trail_says_whether_it_has_event_selectors_of_its_own(account: Account) -> None:
    account.client("s3").create_bucket(Bucket="records")
    cloudtrail = account.client("cloudtrail")
    cloudtrail.create_trail(Name="trail", S3BucketName="records")

    def has_own() -> bool:
        return cloudtrail.get_trail(Name="trail")["Trail"]["HasCustomEventSelectors"]

    assert not has_own()
    management = {"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}
    cloudtrail.put_event_selectors(TrailName="trail", AdvancedEventSelectors=[management])
    assert has_own()
