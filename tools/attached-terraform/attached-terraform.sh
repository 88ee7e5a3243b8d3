#!/usr/bin/env bash
# Terraform whose provider stays up from one run to the next, as it does in HashiCorp's own tests of providers: starting it three times
# a run, and reading its hash, are half of what a small plan takes. It serves one run at a time, each of which configures it anew.
# https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli
#   MLOPS_ATTACHED_TERRAFORM  the real one
#   MLOPS_ATTACHED_PROVIDERS  folder for the providers that are up; without it, this is Terraform and nothing else
real=$MLOPS_ATTACHED_TERRAFORM
case "${MLOPS_ATTACHED_PROVIDERS:+$1}" in
  plan | apply | show | destroy) ;;
  *) exec "$real" "$@" ;;
esac
shopt -s nullglob
programs=("$PWD"/.terraform/providers/*/*/*/*/*/terraform-provider-*)
[ ${#programs[@]} = 1 ] && command -v flock >/dev/null || exec "$real" "$@"

# A provider has the credentials and the endpoint that it was started with.
same=$MLOPS_ATTACHED_PROVIDERS/$(env | grep '^AWS_' | sort | cksum | cut -d' ' -f1)
for slot in "$same"/{1..6}; do
  mkdir -p "$slot"
  exec 9>"$slot/lock" # Terraform inherits it, and lets go of it when it ends
  flock --nonblock 9 && break
  exec 9>&-
done
{ true >&9; } 2>/dev/null || exec "$real" "$@"

ln -sfn "$PWD/assets" "$slot/assets" # files are named relative to the folder that a provider was started in
if ! { read -r pid <"$slot/pid" && kill -0 "$pid"; } 2>/dev/null; then
  (cd "$slot" && GOGC=100 exec setsid timeout 3600 "${programs[0]}" -debug) >"$slot/out" 2>"$slot/log" 9>&- </dev/null &
  echo $! >"$slot/pid"
  until grep -q TF_REATTACH "$slot/out"; do
    kill -0 $! 2>/dev/null || exec "$real" "$@"
    sleep 0.05
  done
fi
TF_REATTACH_PROVIDERS=$(sed -n "s/.*TF_REATTACH_PROVIDERS='\(.*\)'/\1/p" "$slot/out")
export TF_REATTACH_PROVIDERS
exec "$real" "$@"
