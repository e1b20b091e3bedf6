import { Component, type ReactNode } from 'react';
import './error-boundary.css';

interface Props {
  readonly children: ReactNode;
  /** What is drawn here, if it is a part of the page: the rest stays usable when it fails. */
  readonly part?: string;
}

/** What is shown in place of what could not be drawn: the sentence, and the address that still holds the experiment. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    const { part, children } = this.props;
    if (message === null) return children;
    return part ? <PartCrash part={part} message={message} /> : <Crash message={message} />;
  }
}

/** For one column: an old page may ask for a file that the server no longer has, or the network may be gone. */
function PartCrash({ part, message }: { readonly part: string; readonly message: string }) {
  return (
    <div className="crash-part" role="alert">
      <strong>The {part} could not be drawn.</strong>
      <p>{message}</p>
      <Reload />
    </div>
  );
}

function Crash({ message }: { readonly message: string }) {
  return (
    <main className="crash">
      <h1>The page could not be drawn</h1>
      <p>{message}</p>
      <p>The experiment is not lost: this address contains all of it.</p>
      <textarea readOnly rows={3} aria-label="Address of the experiment" value={location.href} onFocus={(event) => event.target.select()} />
      <Reload />
    </main>
  );
}

function Reload() {
  return (
    <a href={location.href} onClick={() => setTimeout(() => location.reload())}>
      Reload the page
    </a>
  );
}
