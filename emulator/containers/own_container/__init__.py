"""
What SageMaker does around a container of somebody's own: it starts the image's `serve`, waits until that answers to a
ping, and sends it what is to be scored. The programs of an image are a folder on this machine.
https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
"""
