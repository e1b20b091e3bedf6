import { Component, type ReactNode } from 'react';
import './error-boundary.css';

interface Props {
  readonly children: ReactNode;
}

/** What stands in place of the page if drawing it failed: the sentence, and the address that still holds the experiment. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <main className="crash">
        <h1>The page could not be drawn</h1>
        <p>{message}</p>
        <p>Nothing of the experiment is lost: this address holds all of it.</p>
        <textarea
          readOnly
          rows={3}
          aria-label="Address of the experiment"
          value={location.href}
          onFocus={(event) => event.target.select()}
        />
        <a href={location.href} onClick={() => setTimeout(() => location.reload())}>
          Load the page again
        </a>
      </main>
    );
  }
}
