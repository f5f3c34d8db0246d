import { run } from '../../test/lab/command.ts'

/** Versions of nginx and HAProxy in the images that are measured. */
export async function frontVersions(): Promise<Readonly<Record<string, string>>> {
  const inImage = (image: string, ...command: string[]) =>
    run('docker', ['run', '--rm', '--entrypoint', 'sh', image, '-c', `${command.join(' ')} 2>&1`])
  const nginx = await inImage('nginx:1.30.6', 'nginx', '-v')
  const haproxy = await inImage('haproxy:3.2.26', 'haproxy', '-v')
  return {
    nginx: /nginx\/([\d.]+)/.exec(nginx)?.[1] ?? 'unknown',
    haproxy: /version ([\d.]+)/i.exec(haproxy)?.[1] ?? 'unknown',
  }
}
