"""
Whether an account shows its people the products of SageMaker's own; local AWS has none of those.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EnableSagemakerServicecatalogPortfolio.html
"""

from moto.core.responses import ActionResult, EmptyResult
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace

_ENABLED: set[tuple[str, str]] = set()


def install() -> None:
    for action in (
        enable_sagemaker_servicecatalog_portfolio,
        disable_sagemaker_servicecatalog_portfolio,
        get_sagemaker_servicecatalog_portfolio_status,
    ):
        replace(SageMakerResponse, action.__name__, action)


def enable_sagemaker_servicecatalog_portfolio(response: SageMakerResponse) -> EmptyResult:
    _ENABLED.add(_place(response))
    return EmptyResult()


def disable_sagemaker_servicecatalog_portfolio(response: SageMakerResponse) -> EmptyResult:
    _ENABLED.discard(_place(response))
    return EmptyResult()


def get_sagemaker_servicecatalog_portfolio_status(response: SageMakerResponse) -> ActionResult:
    return ActionResult({"Status": "Enabled" if _place(response) in _ENABLED else "Disabled"})


def _place(response: SageMakerResponse) -> tuple[str, str]:
    return response.current_account, response.region
