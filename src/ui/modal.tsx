import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from 'react-aria-components';
import { Button } from './button';
import './modal.css';

export interface ModalProps {
  readonly title: string;
  readonly open: boolean;
  /** For pictures rather than a few lines; fills a phone's screen. */
  readonly wide?: boolean;
  /** As wide as the window has room: for a table. */
  readonly full?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page. Escape, the cross and a press outside close it. */
export function Modal({ title, open, wide = false, full = false, onClose, children }: ModalProps) {
  return (
    <ModalOverlay className="modal-scrim" isOpen={open} onOpenChange={(next) => !next && onClose()} isDismissable>
      <AriaModal className={`modal${wide || full ? ' modal-wide' : ''}${full ? ' modal-full' : ''}`}>
        <Dialog className="modal-body">
          <div className="modal-title">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button variant="quiet" icon small label="Close" onPress={onClose}>
              <X size={16} aria-hidden />
            </Button>
          </div>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
