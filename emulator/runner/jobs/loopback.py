"""
Brings the loopback device up, which a network of one's own begins without, and runs a command:
loopback.py COMMAND [ARGUMENT…].
"""

import fcntl
import os
import socket
import struct
import sys

SIOCSIFFLAGS = 0x8914
IFF_UP_RUNNING = 0x41

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH", b"lo", IFF_UP_RUNNING))
os.execvp(sys.argv[1], sys.argv[1:])
