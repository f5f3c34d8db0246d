/**
 * Removes images of REPOSITORIES from the engine of a node but those in KEEP, words both. Engines list an image that
 * was pulled by its digest as REPOSITORY@DIGEST. Ended containers of old tasks would hold their images; what runs is
 * never touched, as the engine refuses that without --force. An engine that does not answer ends it with 1, and why:
 * in a pipe that would look like an engine without images. Of a job only what it writes to standard output is read.
 */
export const PRUNE_SCRIPT = `
exec 2>&1
gone=0
for repository in $REPOSITORIES; do
  images=$(docker image ls --digests --no-trunc --format '{{.Repository}}@{{.Digest}}' "$repository") || exit 1
  for image in $(echo "$images" | sort -u); do
    case "$image" in *@"<none>") continue ;; esac
    case " $KEEP " in *" $image "*) continue ;; esac
    for ended in $(docker ps --all --quiet --filter status=exited --filter status=created --filter "ancestor=$image" --filter label=com.docker.swarm.task.id); do
      docker rm "$ended" >/dev/null 2>&1
    done
    if docker image rm "$image" >/dev/null 2>&1; then gone=$((gone + 1)); echo "removed $image"; else echo "in use $image"; fi
  done
done
echo "total $gone"
`
