"""
What AWS's images of frameworks do with a script of one's own: they train as its program says, and serve with the
functions of its module. The contract is that of public packages, which the images are built of:
https://github.com/aws/sagemaker-training-toolkit, https://github.com/aws/sagemaker-scikit-learn-container and
https://github.com/aws/sagemaker-xgboost-container. FRAMEWORK says whose image it is.
"""
