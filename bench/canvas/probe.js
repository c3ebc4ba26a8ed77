/* Put into pages before their own scripts: measures in the page what a user would see. */
globalThis.probe = (() => {
  let started = 0
  let frames = []
  let isRecording = false
  const interactions = new Map()
  const isDrawn = () => {
    const node = document.querySelector('.react-flow__node')
    return node !== null && node.style.visibility !== 'hidden'
  }
  const record = (at) => {
    frames.push(at)
    if (isRecording) requestAnimationFrame(record)
  }
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0)
        interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0))
  }).observe({ type: 'event', durationThreshold: 16 })
  return {
    /** From now, or from an event, until nodes have been painted. */
    start(at = performance.now()) {
      started = at
      globalThis.painted = new Promise((resolve) => {
        const look = () => {
          if (!isDrawn()) return requestAnimationFrame(look)
          // The first task after a frame in which they are there: that frame has been handed over.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)))
        }
        look()
      })
    },
    startAtClick() {
      addEventListener('click', ({ timeStamp }) => this.start(timeStamp), { capture: true, once: true })
    },
    startFrames() {
      frames = []
      isRecording = true
      requestAnimationFrame(record)
    },
    stopFrames() {
      isRecording = false
      return frames.slice(1).map((at, index) => at - frames[index])
    },
    /** Milliseconds from each click to the picture of what it did; those under 16 ms are left out. */
    takeInteractions() {
      const taken = [...interactions.values()]
      interactions.clear()
      return taken
    },
  }
})()
