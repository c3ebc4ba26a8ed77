import type { AlertRule } from '../../core/alert-rule.ts'
import { grafanaDashboard } from './dashboard.ts'
import { prometheusRules } from './prometheus-rules.ts'

/** What Grafana and Prometheus are given to watch endpoints, by name of file. `chosen`: what the dashboard shows first. */
export function grafanaFiles(
  deployments: readonly { name: string; rules: readonly AlertRule[]; port: number | null }[],
  chosen: string | null,
): Record<string, string> {
  return {
    'pipewright-dashboard.json': `${JSON.stringify(grafanaDashboard(chosen), null, 2)}\n`,
    'pipewright-rules.yaml': prometheusRules(deployments),
    'README.md': readme(deployments),
  }
}

function readme(deployments: readonly { name: string; port: number | null }[]): string {
  const targets = deployments.map(({ name, port }) => `          - 127.0.0.1:${port ?? 'PORT'} # ${name}`)
  return `# Pipewright in Grafana

1. Let Prometheus ask the endpoints, and read the rules (\`prometheus.yml\`):

   \`\`\`yaml
   rule_files: [pipewright-rules.yaml]
   scrape_configs:
     - job_name: pipewright
       static_configs:
         - targets:
${targets.join('\n')}
   \`\`\`

   An endpoint with a token asks Prometheus for it, too: \`authorization: { credentials_file: … }\`.

2. In Grafana: Dashboards → New → Import → \`pipewright-dashboard.json\`, and choose the Prometheus it is in.

Whichever process of an endpoint is asked tells of all of them. What an endpoint counts (requests, errors, latency) is asked of its
counters; drift, quality and what is beyond a limit is what its monitor makes of it, once for each window. The rules were
written from those of the deployments: export them again when these change.
`
}
