"""
What SageMaker does with the records of a batch transform job before a model sees them, and after (`DataProcessing`):
filters columns and joins predictions with the rows that they are of. Of CSV alone: each row is a JSON array.
https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
"""

from batch_records.processing import DataProcessing, Records
from batch_records.record_error import RecordError

__all__ = ["DataProcessing", "RecordError", "Records"]
