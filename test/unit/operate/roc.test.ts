import { areaUnderRoc } from "../../../operate/roc";

test.each([
  [[0, 1], [0.1, 0.9], 1],
  [[0, 1], [0.9, 0.1], 0],
  [[0, 1], [0.5, 0.5], 0.5],
  [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75], // scikit-learn's example of roc_auc_score
  [[1, 0, 1, 0, 1], [0.7, 0.7, 0.2, 0.1, 0.7], 4 / 6],
])("the area under the curve of labels %j and scores %j is %d", (labels, scores, area) => {
  expect(areaUnderRoc(labels, scores)).toBeCloseTo(area, 12);
});

test("one label alone has no curve", () => {
  expect(() => areaUnderRoc([1, 1], [0.1, 0.2])).toThrow("AUC needs rows of label 0 and of label 1");
});
