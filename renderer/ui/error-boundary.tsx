import { Component, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  /** What stands there when the children cannot be drawn. */
  fallback: ReactNode
  children: ReactNode
}

/** Keeps a part that fails (its code could not be loaded, say) from taking the whole window with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
