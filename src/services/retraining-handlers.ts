import { implementation } from './implementation.ts'
import { asUser } from './open-self-starting.ts'
import { hostOf, type Services } from './services.ts'

export function retrainingHandlers(services: Services) {
  const { retraining: operations } = implementation
  const all = () => hostOf(services).selfStarting.retraining
  return {
    list: operations.list.handler(() => ({ policies: all().list() })),
    show: operations.show.handler(({ input: { deployment } }) => ({ retraining: all().find(deployment) })),
    switch: operations.switch.handler(({ input }) => ({ retraining: all().switch(input) })),
    jobs: operations.jobs.handler(({ input }) => {
      const jobs = all().jobs(input)
      // One may be wished for before its deployment is there, and jobs outlive it.
      if (jobs.length === 0 && !all().find(input.deployment))
        hostOf(services).workspace.tracking.deployments.get(input.deployment)
      return { jobs }
    }),
    job: operations.job.handler(({ input: { job } }) => ({ job: all().job(job) })),
    start: operations.start.handler(({ input: { deployment, who, note } }) => ({
      job: all().start({ deployment, note, who: asUser(who) }),
    })),
    approve: operations.approve.handler(({ input: { who, ...said } }) => ({
      job: all().decide({ ...said, who: asUser(who), isApproved: true }),
    })),
    reject: operations.reject.handler(({ input: { who, ...said } }) => ({
      job: all().decide({ ...said, who: asUser(who), isApproved: false }),
    })),
    cancel: operations.cancel.handler(({ input: { who, ...said } }) => ({
      job: all().cancel({ ...said, who: asUser(who) }),
    })),
    rollBack: operations.rollBack.handler(({ input: { who, ...said } }) => ({
      job: all().rollBack({ ...said, who: asUser(who) }),
    })),
    settle: operations.settle.handler(async () => {
      // One that goes on already may have looked before what came last.
      await all().settle()
      await all().settle()
      return {}
    }),
    events: operations.events.handler(async function* ({ input: { deployment }, signal }) {
      for await (const job of all().follow(signal))
        if (deployment === null || job.deployment === deployment) yield { event: 'job', job }
    }),
  }
}
