import { ours } from '../contenders/ours';
import { type Call, serve } from '../contenders/serve';

const obey = serve(ours(), (answer) => process.send?.(answer));
process.on('message', (call) => obey(call as Call));
