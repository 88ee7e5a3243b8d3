"""SageMaker Model Monitor's analyzer on this machine: `sagemaker-model-monitor-analyzer`, without Docker and Spark.

    python -m model_monitor

Reads the environment that a monitoring job's container has, and writes the files that one writes:
https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-outputs.html
Where those pages leave a number open, it is computed as in Deequ, AWS's library for data quality:
https://github.com/awslabs/deequ.
"""
