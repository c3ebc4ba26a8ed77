import type { AlertChannel, ChannelTarget } from '../core/alert-channel.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { nearestName } from '../core/nearest-name.ts'
import { registryError } from './errors.ts'
import type { Sql } from './sql.ts'

export interface AlertChannels {
  /** By name. */
  list(): AlertChannel[]
  find(name: string): AlertChannel | null
  keep(channel: AlertChannel, now: number): void
  /** A `registry.unknown-channel` error where there is none of that name. */
  remove(name: string): void
}

interface ChannelRow {
  name: string
  target: string
}

export function createAlertChannels(sql: Sql): AlertChannels {
  const list = (): AlertChannel[] =>
    sql.all<ChannelRow>('select name, target from alert_channels order by name').map(channelOf)
  return {
    list,
    find(name) {
      const row = sql.get<ChannelRow>('select name, target from alert_channels where name = :name', { name })
      return row ? channelOf(row) : null
    },
    keep: ({ name, target }, now) =>
      void sql.run(
        `insert into alert_channels (name, target, changed_at) values (:name, :target, :now)
         on conflict (name) do update set target = :target, changed_at = :now`,
        { name, target: canonicalJson(target), now },
      ),
    remove(name) {
      if (sql.run('delete from alert_channels where name = :name', { name }) > 0) return
      const near = nearestName(
        name,
        list().map((channel) => channel.name),
      )
      const hint = near ? `Did you mean “${near}”?` : 'See `pipewright alerts channels`.'
      throw registryError('unknown-channel', { name, hint })
    },
  }
}

const channelOf = ({ name, target }: ChannelRow): AlertChannel => ({
  name,
  target: JSON.parse(target) as ChannelTarget,
})
