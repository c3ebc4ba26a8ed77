import type { Environment } from './environment.ts'
import { registryError } from './errors.ts'
import type { Models } from './models.ts'
import type { Sql } from './sql.ts'

/** A version that was put forward for an environment. Times are epoch ms. */
export interface PromotionRecord {
  number: number
  model: string
  version: number
  environment: Environment
  /** The version that had the alias then. */
  from: number | null
  state: 'waiting' | 'approved' | 'rejected' | 'superseded'
  requestedBy: string
  requestNote: string
  requestedAt: number
  decidedBy: string | null
  decisionNote: string | null
  decidedAt: number | null
}

interface Word {
  who: string
  note: string
  now: number
}

export interface Promotions {
  /**
   * Takes effect at once in staging; production waits for a decision, and the newest request replaces the one before. A
   * `registry.there-already` error where the version has the alias.
   */
  promote(request: { model: string; version: number; environment: Environment } & Word): {
    promotion: PromotionRecord
    superseded: PromotionRecord | null
  }
  /**
   * Decides on what waits: an approval moves the alias. A `registry.nothing-waits` error without any, and
   * `registry.other-waits` where that is not the version that was named.
   */
  decide(
    decision: {
      model: string
      /** Null for whichever waits. */
      version?: number | null
      environment: Environment
      state: 'approved' | 'rejected'
    } & Word,
  ): PromotionRecord
  /** Of one model, the newest first. */
  list(model: string): PromotionRecord[]
}

const select = `select number, model, version, environment, from_version as "from", state,
  requested_by as requestedBy, request_note as requestNote, requested_at as requestedAt,
  decided_by as decidedBy, decision_note as decisionNote, decided_at as decidedAt from promotions`

export function createPromotions(sql: Sql, models: Models): Promotions {
  const byNumber = (number: number): PromotionRecord =>
    sql.get<PromotionRecord>(`${select} where number = :number`, { number })!
  const waiting = (model: string, environment: string): PromotionRecord | undefined =>
    sql.get<PromotionRecord>(
      `${select} where model = :model and environment = :environment and state = 'waiting'`,
      { model, environment },
    )
  const close = (number: number, state: PromotionRecord['state'], { who, note, now }: Word): void =>
    void sql.run(
      `update promotions set state = :state, decided_by = :who, decision_note = :note, decided_at = :now
       where number = :number`,
      { number, state, who, note, now },
    )
  const settle = (
    promotion: PromotionRecord,
    state: 'approved' | 'rejected',
    word: Word,
  ): PromotionRecord => {
    const { number, model, version, environment } = promotion
    close(number, state, word)
    if (state === 'approved') models.setAlias({ model, alias: environment, version, now: word.now })
    return byNumber(number)
  }
  return {
    promote: ({ model, version, environment, ...word }) =>
      sql.transaction(() => {
        const { aliases } = models.show(model)
        models.resolve(`${model}:${version}`)
        if (aliases[environment] === version)
          throw registryError('there-already', { model, version, environment })
        const earlier = waiting(model, environment)
        if (earlier) close(earlier.number, 'superseded', word)
        sql.run(
          `insert into promotions (model, version, environment, from_version, state, requested_by, request_note,
             requested_at)
           values (:model, :version, :environment, :from, 'waiting', :who, :note, :now)`,
          { model, version, environment, from: aliases[environment] ?? null, ...word },
        )
        const made = waiting(model, environment)!
        return {
          promotion: environment === 'staging' ? settle(made, 'approved', word) : made,
          superseded: earlier ? byNumber(earlier.number) : null,
        }
      }),
    decide: ({ model, version = null, environment, state, ...word }) =>
      sql.transaction(() => {
        models.show(model)
        const promotion = waiting(model, environment)
        if (!promotion) throw registryError('nothing-waits', { model, environment })
        if (version !== null && version !== promotion.version)
          throw registryError('other-waits', { model, environment, version, waiting: promotion.version })
        return settle(promotion, state, word)
      }),
    list(model) {
      models.show(model)
      return sql.all<PromotionRecord>(`${select} where model = :model order by number desc`, { model })
    },
  }
}
