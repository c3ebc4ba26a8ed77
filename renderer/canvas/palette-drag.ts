/** Type of data that a drag out of the palette carries: the id of a node type. */
export const draggedNodeType = 'application/x-pipewright-node-type'
