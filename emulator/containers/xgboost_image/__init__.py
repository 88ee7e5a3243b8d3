"""SageMaker's XGBoost image on this machine: the built-in algorithm of `sagemaker-xgboost`, without Docker.

    python -m xgboost_image train      a training job, in the folders a training container has
    python -m xgboost_image transform  a batch transform job
    python -m xgboost_image serve      behind an endpoint

It is the XGBoost of the image 3.0-5; IMAGE_VERSION names another tag, in whose format the model is written and read.
What it reads and writes, its log of metrics and the hyperparameters it takes are the image's:
https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html and https://github.com/aws/sagemaker-xgboost-container.
Where the image passes over bad data, this says so and fails: a row it would misread is named by file and line.
"""
