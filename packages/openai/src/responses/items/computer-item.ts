import type { ItemStatus, OptionalIdentity } from './item-status.ts';

/** A place on the screen, in pixels. */
export interface ScreenPoint {
  x: number;
  y: number;
}

interface HeldKeys {
  /** Keys that are held down meanwhile. */
  keys?: string[] | null;
}

interface ClickAction extends ScreenPoint, HeldKeys {
  type: 'click';
  button: 'left' | 'right' | 'wheel' | 'back' | 'forward';
}

interface DoubleClickAction extends ScreenPoint {
  type: 'double_click';
  keys: string[] | null;
}

interface DragAction extends HeldKeys {
  type: 'drag';
  path: ScreenPoint[];
}

interface MoveAction extends ScreenPoint, HeldKeys {
  type: 'move';
}

interface ScrollAction extends ScreenPoint, HeldKeys {
  type: 'scroll';
  scroll_x: number;
  scroll_y: number;
}

/** Something that the model does at a computer. */
export type ResponseComputerAction =
  | ClickAction
  | DoubleClickAction
  | DragAction
  | MoveAction
  | ScrollAction
  | { type: 'keypress'; keys: string[] }
  | { type: 'screenshot' }
  | { type: 'type'; text: string }
  | { type: 'wait' };

/** A check that a person has to acknowledge. */
export interface ResponseSafetyCheck {
  id: string;
  code?: string | null;
  message?: string | null;
}

/** What the model wants done at a computer. */
export interface ResponseComputerToolCall {
  id: string;
  type: 'computer_call';
  call_id: string;
  pending_safety_checks: ResponseSafetyCheck[];
  status: ItemStatus;
  action?: ResponseComputerAction;
  actions?: ResponseComputerAction[];
}

/** What the screen shows. */
export interface ResponseComputerScreenshot {
  type: 'computer_screenshot';
  file_id?: string;
  image_url?: string;
}

/** The screen after an action, passed in. */
export interface ResponseComputerCallOutput extends OptionalIdentity {
  type: 'computer_call_output';
  call_id: string;
  output: ResponseComputerScreenshot;
  acknowledged_safety_checks?: ResponseSafetyCheck[] | null;
}

/** The screen after an action, as the API keeps it. */
export interface ResponseComputerToolCallOutputItem {
  id: string;
  type: 'computer_call_output';
  call_id: string;
  output: ResponseComputerScreenshot;
  status: ItemStatus | 'failed';
  acknowledged_safety_checks?: ResponseSafetyCheck[];
  created_by?: string;
}
