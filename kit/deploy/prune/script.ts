/**
 * Removes images of REPOSITORIES from the engine of a node but those in KEEP, words both. Engines list an image that
 * was pulled by its digest as REPOSITORY@DIGEST. Ended containers of old tasks would hold their images; what runs is
 * never touched, as the engine refuses that without --force.
 */
export const PRUNE_SCRIPT = `
gone=0
for repository in $REPOSITORIES; do
  for image in $(docker image ls --digests --no-trunc --format '{{.Repository}}@{{.Digest}}' "$repository" | sort -u); do
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
